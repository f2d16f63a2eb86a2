package io.binnacle.logs.control.read;

import io.binnacle.logs.entity.SegmentInfo;
import io.binnacle.logs.store.SegmentPlace;
import io.binnacle.logs.store.segment.CorruptSegmentException;
import io.binnacle.platform.control.RefusedBatches;
import io.binnacle.platform.store.Refusals;
import io.binnacle.security.entity.ProjectScope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells of segments that can't be read: of each once in the life of a server, however often
 * somebody looks at it.
 */
@ApplicationScoped
public class DamagedSegments {
  private static final Logger LOG = System.getLogger(DamagedSegments.class.getName());

  /** Beyond it all are forgotten and told again. */
  private static final int MOST = 10_000;

  @Inject RefusedBatches ledger;

  private final Set<SegmentPlace> told = ConcurrentHashMap.newKeySet();

  void found(ProjectScope scope, SegmentInfo info, CorruptSegmentException damage) {
    if (told.size() >= MOST) {
      told.clear();
    }
    if (told.add(SegmentPlace.of(info))) {
      LOG.log(
          Level.ERROR,
          "The segment of stream "
              + info.streamId()
              + " at line "
              + info.firstLine()
              + " is damaged",
          damage);
      ledger.count(new Refusals.Counter(scope.projectId(), "logs", "damaged_segment"));
    }
  }
}
