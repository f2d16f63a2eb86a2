package io.binnacle.logs.control.ingest;

import io.binnacle.logs.control.LogFeed;
import io.binnacle.logs.entity.DescribedStream;
import io.binnacle.logs.entity.LineBuffer;
import io.binnacle.logs.entity.LogOwner;
import io.binnacle.logs.entity.OwnerKind;
import io.binnacle.platform.control.DiskReserve;
import io.binnacle.platform.control.OperatorNumber;
import io.binnacle.platform.control.ServerLife;
import io.binnacle.platform.control.ingest.ByteBudget;
import io.binnacle.platform.control.ingest.GroupCommitter;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.Times;
import io.binnacle.runs.control.Heartbeats;
import io.binnacle.security.entity.ProjectScope;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Takes batches in and answers when they are on disk. */
@ApplicationScoped
public class LogIngestion {
  /**
   * A batch of so many bytes is encoded by the thread that brought it, beside the others and before
   * it locks its stream. Smaller ones leave it to the committer, which makes one segment of those
   * of a stream that wait together.
   */
  private static final int LARGE_BYTES = 6 << 10;

  @Inject LogCommitTransaction transaction;
  @Inject LogStreamCreation creation;
  @Inject SegmentCutting cutting;
  @Inject LogFeed feed;
  @Inject Heartbeats heartbeats;
  @Inject ServerLife life;
  @Inject DiskReserve disk;
  @Inject Clock clock;
  @Resource ManagedExecutorService executor;
  @Resource ManagedThreadFactory threads;

  @Inject
  @ConfigProperty(name = "binnacle.ingest.queue.bytes", defaultValue = "134217728")
  long queueBytes;

  @Inject
  @ConfigProperty(name = "binnacle.logs.message.max-bytes", defaultValue = "65536")
  int messageBytes;

  @Inject
  @ConfigProperty(name = "binnacle.logs.batch.max-lines", defaultValue = "5000")
  int batchLines;

  @Inject
  @ConfigProperty(name = "binnacle.logs.batch.max-bytes", defaultValue = "8388608")
  int batchBytes;

  private final KnownStreams streams = new KnownStreams();
  private ByteBudget budget;
  private LogLimits limits;

  /**
   * One for the server: a second one would make groups half as large, and a transaction has a fixed
   * price (measured: ADR 1).
   */
  private @Nullable GroupCommitter<PendingBatch, LogAck> committer;

  @PostConstruct
  void open() {
    limits = LogLimits.ofOperator(batchLines, batchBytes, messageBytes);
    OperatorNumber.check("binnacle.ingest.queue.bytes", queueBytes, batchBytes);
    budget = new ByteBudget(queueBytes);
    committer =
        new GroupCommitter<>(
            new LogWriter(life.number(), transaction, feed::committed), executor, threads);
  }

  @PreDestroy
  void close() {
    if (committer != null) {
      committer.close();
    }
  }

  /** Whether senders wait for a commit on this server. */
  public boolean isBusy() {
    return committer != null && committer.isBusy();
  }

  /** What a batch may hold. */
  public LogLimits limits() {
    return limits;
  }

  /** The memory for bodies; take from it before reading one. */
  public ByteBudget budget() {
    return budget;
  }

  /**
   * Stores a batch. The lines must not be touched before the answer.
   *
   * @return completed when the batch is on disk
   * @throws ProblemException when it is refused at once
   */
  public CompletionStage<LogAck> store(ProjectScope scope, LogOwner owner, LogBatch batch) {
    disk.require();
    long stream = stream(scope, owner, batch.header());
    if (owner.kind() == OwnerKind.RUN) {
      heartbeats.sent(owner.id(), batch.newest());
    }
    return Objects.requireNonNull(committer)
        .submit(new PendingBatch(stream, batch, cuts(batch.lines())), batch.lines().usedBytes())
        .whenComplete(
            (ack, failure) -> {
              if (failure != null) {
                streams.forget(owner, batch.header().stream());
              }
            });
  }

  private List<SegmentCut> cuts(LineBuffer lines) {
    return lines.usedBytes() < LARGE_BYTES
        ? List.of()
        : cutting.byHour(lines, Times.nanos(clock.instant()));
  }

  private long stream(ProjectScope scope, LogOwner owner, LogBatch.Header header) {
    OptionalLong known = streams.find(owner, header);
    if (known.isPresent()) {
      return known.getAsLong();
    }
    DescribedStream found = creation.findOrCreate(scope, owner, header);
    streams.put(found);
    return found.stream().id();
  }
}
