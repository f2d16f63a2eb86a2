package io.binnacle.metrics.control;

import io.binnacle.platform.control.DiskReserve;
import io.binnacle.platform.control.ingest.ByteBudget;
import io.binnacle.runs.control.Heartbeats;
import io.binnacle.runs.control.RunRef;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

/** Takes metrics in and answers when they are on disk. */
@ApplicationScoped
public class MetricIngestion {
  private static final long BUDGET_BYTES = 64L << 20;

  @Inject MetricCommit commit;
  @Inject Heartbeats heartbeats;
  @Inject DiskReserve disk;

  private final ByteBudget budget = new ByteBudget(BUDGET_BYTES);

  /** The memory for bodies; take from it before reading one. */
  public ByteBudget budget() {
    return budget;
  }

  /**
   * Stores the good points of a batch. Storing it again changes nothing.
   *
   * @throws io.binnacle.platform.entity.ProblemException {@code run_deleted}, {@code storage_full}
   */
  @Transactional(Transactional.TxType.NOT_SUPPORTED)
  public MetricAck store(RunRef run, MetricBatch batch) {
    disk.require();
    MetricAck ack = commit.store(run, batch);
    if (ack.accepted() > 0) {
      commit.force();
    }
    heartbeats.sent(run.key(), batch.newest());
    return ack;
  }
}
