package io.binnacle.it.inside;

import io.binnacle.it.Await;
import io.binnacle.platform.control.RefusedBatches;
import jakarta.inject.Inject;
import java.time.Duration;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;

/** Timers start with the application, call their use case in a transaction, and go on. */
@Inside
class TimersArqIT {
  private static final Duration SOON = Duration.ofSeconds(15);

  @Inject RefusedBatches refused;
  @Inject Probe probe;

  @Deployment
  static EnterpriseArchive modules() {
    return Modules.withTests();
  }

  @Test
  void whatIsCountedInMemoryIsWrittenRoundAfterRound() {
    for (long project : new long[] {101, 102}) {
      refused.count(project, "logs", new IllegalStateException("a batch that nobody can store"));
      Await.until("the ledger", SOON, () -> probe.stored(project).byJdbc());
    }
  }
}
