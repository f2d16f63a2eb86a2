package io.binnacle.logs.control.ingest;

import io.binnacle.logs.entity.DescribedStream;
import io.binnacle.logs.entity.LogOwner;
import io.binnacle.logs.entity.LogStream;
import io.binnacle.logs.entity.OwnerKind;
import io.binnacle.logs.entity.StreamDescription;
import io.binnacle.logs.store.LogStreams;
import io.binnacle.platform.control.RetryConflicts;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import io.binnacle.platform.entity.Times;
import io.binnacle.platform.store.Ids;
import io.binnacle.projects.control.ProjectLock;
import io.binnacle.runs.control.RunLock;
import io.binnacle.security.entity.ProjectScope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;

/**
 * Finds a stream by its name, or makes it: a process is known from its first line, and described by
 * what its newest batch says of it.
 */
@ApplicationScoped
public class LogStreamCreation {
  /** Processes of one run or service; a mistake that names a stream for each line must not pass. */
  private static final int MAX_STREAMS = 10_000;

  @Inject LogStreams streams;
  @Inject RunLock runs;
  @Inject ProjectLock projects;
  @Inject Ids ids;
  @Inject Clock clock;

  /**
   * The caller may know the owner from before its deletion, but a new stream is made only while the
   * owner lives: nobody would ever remove one that was made behind the deletion.
   *
   * @throws ProblemException when the owner was deleted or has too many streams
   */
  @RetryConflicts
  @Transactional
  DescribedStream findOrCreate(ProjectScope scope, LogOwner owner, LogBatch.Header header) {
    return streams
        .find(scope, owner, header.stream())
        .map(LogStreamCreation::mustLive)
        .map(known -> described(known, header))
        .orElseGet(() -> create(scope, owner, header));
  }

  private static DescribedStream mustLive(DescribedStream known) {
    if (known.stream().deleted()) {
      throw ProblemException.of(ProblemType.RUN_DELETED, "The owner of this log was deleted.");
    }
    return known;
  }

  private DescribedStream described(DescribedStream known, LogBatch.Header header) {
    StreamDescription now = header.describe(known.description());
    if (!now.equals(known.description())) {
      streams.describe(known.stream().id(), now);
    }
    return new DescribedStream(known.stream(), now);
  }

  private DescribedStream create(ProjectScope scope, LogOwner owner, LogBatch.Header header) {
    if (owner.kind() == OwnerKind.RUN) {
      runs.hold(owner.id());
    } else {
      projects.hold(scope.projectId());
    }
    if (streams.count(scope, owner) >= MAX_STREAMS) {
      throw ProblemException.limit(
          "stream", MAX_STREAMS, "A run or service has at most " + MAX_STREAMS + " streams.");
    }
    LogStream stream =
        new LogStream(
            ids.next(),
            scope.projectId(),
            owner,
            header.stream(),
            1,
            0,
            Times.nanos(clock.instant()),
            false);
    StreamDescription description = header.describe(StreamDescription.NONE);
    streams.create(stream, description);
    return new DescribedStream(stream, description);
  }
}
