package io.binnacle.platform.control;

import io.binnacle.platform.store.Leases;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

/** Takes leases for this server life, in a transaction of its own. */
@ApplicationScoped
public class LeaseTaking {
  @Inject Leases leases;
  @Inject ServerLife life;

  /** Whether this server has the lease until {@code now + nanos}. */
  @RetryConflicts
  @Transactional
  public boolean take(String name, long now, long nanos) {
    return leases.take(name, life.number(), now, nanos);
  }
}
