package io.binnacle.platform.control;

import io.binnacle.platform.entity.Times;
import io.binnacle.platform.store.Refusals;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.SortedMap;

/** Adds to many counters of the ledger in one transaction. */
@ApplicationScoped
public class RefusalLedgerWriting {
  @Inject Refusals refusals;
  @Inject Clock clock;

  /**
   * Adds to counters.
   *
   * @param counts sorted, so that all transactions lock the rows in one order
   */
  @RetryConflicts
  @Transactional
  public void add(SortedMap<Refusals.Counter, Long> counts) {
    long now = Times.nanos(clock.instant());
    counts.forEach(
        (counter, count) ->
            refusals.add(counter.projectId(), counter.kind(), counter.reason(), count, now));
  }
}
