package io.binnacle.it.inside;

import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;

/** Calls use cases as the timers do. */
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
public class ProbeSchedule {
  @Inject Probe probe;

  /** Two use cases, of which the second fails. */
  public void round(long good, long bad) {
    probe.write(good);
    probe.writeAndThrow(bad);
  }
}
