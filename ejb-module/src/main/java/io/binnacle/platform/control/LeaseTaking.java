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

  /**
   * Takes or prolongs a lease.
   *
   * @param now nanoseconds since 1970; only written down, for people
   * @return whether this server has the lease for so many nanoseconds from the moment of asking
   */
  @RetryConflicts
  @Transactional
  public boolean take(String name, long now, long nanos) {
    return leases.take(name, life.number(), now, nanos);
  }
}
