package io.binnacle.logs.control.upkeep;

import io.binnacle.logs.control.LogsCleared;
import io.binnacle.logs.entity.LogOwner;
import io.binnacle.logs.entity.LogStream;
import io.binnacle.logs.entity.OwnerKind;
import io.binnacle.logs.entity.SegmentInfo;
import io.binnacle.logs.store.LogClients;
import io.binnacle.logs.store.LogStreams;
import io.binnacle.logs.store.SegmentUpkeep;
import io.binnacle.platform.control.RetryConflicts;
import io.binnacle.platform.entity.Times;
import io.binnacle.runs.control.RunDataOwner;
import io.binnacle.security.control.Audit;
import io.binnacle.security.entity.AuditSubject;
import io.binnacle.security.entity.Caller;
import io.binnacle.security.entity.ProjectScope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Deleting lines: gone for every reader with the commit, and from the disk step by step. */
@ApplicationScoped
public class LogDeletion implements RunDataOwner {
  /** Segments, or parts of the windows of senders, that one transaction removes. */
  private static final int STEP = 500;

  /** Payloads that one transaction removes: MySQL writes all of them to its log once more. */
  private static final int STEP_BYTES = 6 << 20;

  @Inject LogStreams streams;
  @Inject LogClients clients;
  @Inject SegmentUpkeep upkeep;
  @Inject Event<LogsCleared> cleared;
  @Inject Audit audit;
  @Inject Clock clock;

  /** Clears the log of an owner; what comes later is kept. */
  @RetryConflicts
  @Transactional
  public void clear(Caller caller, ProjectScope scope, LogOwner owner) {
    Map<Long, LogStream> locked = lock(scope, owner);
    locked.keySet().forEach(streams::purgeAll);
    audit.record(
        caller,
        "logs.clear",
        AuditSubject.of(
            owner.kind().name().toLowerCase(Locale.ROOT), Long.toString(owner.id()), scope),
        Map.of("streams", locked.size()),
        null);
    cleared.fire(new LogsCleared(owner.id(), lastLines(locked)));
  }

  private Map<Long, LogStream> lock(ProjectScope scope, LogOwner owner) {
    return streams.lock(streams.of(scope, owner).stream().map(LogStream::id).toList());
  }

  private static Map<Long, Long> lastLines(Map<Long, LogStream> streams) {
    return streams.values().stream()
        .filter(stream -> stream.nextLine() > 1)
        .collect(Collectors.toMap(LogStream::id, stream -> stream.nextLine() - 1));
  }

  @Override
  @Transactional(Transactional.TxType.MANDATORY)
  public void hide(ProjectScope scope, long runKey) {
    LogOwner owner = new LogOwner(OwnerKind.RUN, runKey);
    // Whoever commits lines right now holds these locks: no line can slip in behind.
    Map<Long, LogStream> locked = lock(scope, owner);
    streams.markDeleted(scope, owner, Times.nanos(clock.instant()));
    cleared.fire(new LogsCleared(runKey, lastLines(locked)));
  }

  /** The collector of garbage finds deleted streams by itself. */
  @Override
  public boolean removeSome(ProjectScope scope, long runKey) {
    return false;
  }

  /**
   * Removes a step of what is below the purge marks.
   *
   * @return whether there may be more
   */
  @RetryConflicts
  @Transactional
  public boolean collectGarbage() {
    List<LogStream> found = streams.withGarbage(1);
    if (found.isEmpty()) {
      return false;
    }
    // Without its lock: nobody else touches what lies below the mark, and lines go on coming.
    LogStream stream = found.get(0);
    List<SegmentInfo> garbage = upkeep.through(stream.id(), stream.purgedThrough(), STEP);
    List<SegmentInfo> some = SegmentInfo.upTo(STEP_BYTES, garbage);
    if (!some.isEmpty()) {
      upkeep.remove(some);
    }
    if (garbage.size() < STEP && some.size() == garbage.size()) {
      finish(stream);
    }
    return true;
  }

  private void finish(LogStream stream) {
    if (!stream.deleted()) {
      streams.markClean(stream);
    } else if (clients.removeSome(stream.id(), STEP) < STEP) {
      streams.remove(stream.id());
    }
  }
}
