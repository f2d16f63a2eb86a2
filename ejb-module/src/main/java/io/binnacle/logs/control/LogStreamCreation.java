package io.binnacle.logs.control;

import io.binnacle.logs.entity.LogOwner;
import io.binnacle.logs.entity.LogStream;
import io.binnacle.logs.entity.OwnerKind;
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
  LogStream findOrCreate(ProjectScope scope, LogOwner owner, LogBatch.Header header) {
    return streams
        .find(scope, owner, header.stream())
        .map(LogStreamCreation::mustLive)
        .map(stream -> described(stream, header))
        .orElseGet(() -> create(scope, owner, header));
  }

  private static LogStream mustLive(LogStream stream) {
    if (stream.deleted()) {
      throw ProblemException.of(ProblemType.RUN_DELETED, "The owner of this log was deleted.");
    }
    return stream;
  }

  private LogStream described(LogStream known, LogBatch.Header header) {
    LogStream now = header.describe(known);
    if (now != known) {
      streams.describe(now);
    }
    return now;
  }

  private LogStream create(ProjectScope scope, LogOwner owner, LogBatch.Header header) {
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
            header.labels(),
            header.release(),
            header.environment(),
            header.service(),
            1,
            0,
            Times.nanos(clock.instant()),
            false);
    streams.create(stream);
    return stream;
  }
}
