package io.binnacle.it.inside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.it.inside.Probe.Stored;
import jakarta.ejb.EJBException;
import jakarta.inject.Inject;
import java.io.IOException;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;

/** What decision 0002 rests on: one use case is one transaction of JPA, JDBC and events. */
@Inside
class TransactionsArqIT {
  @Inject Probe probe;
  @Inject ProbeSchedule schedule;
  @Inject Heard heard;

  @Deployment
  static EnterpriseArchive modules() {
    return Modules.withTests();
  }

  @Test
  void aUseCaseCommitsWhatItWroteByJpaAndByJdbcAndThenTellsTheWebModule() {
    probe.write(1);

    assertEquals(Stored.ALL, probe.stored(1));
    assertTrue(heard.owners().contains(1L));
  }

  @Test
  void anUncheckedExceptionTakesBackAllAndTellsNobody() {
    assertThrows(IllegalStateException.class, () -> probe.writeAndThrow(2));

    assertEquals(Stored.NOTHING, probe.stored(2));
    assertFalse(heard.owners().contains(2L));
  }

  @Test
  void aCheckedExceptionCommitsWhichIsWhyNoUseCaseThrowsOne() {
    assertThrows(IOException.class, () -> probe.writeAndThrowChecked(3));

    assertEquals(Stored.ALL, probe.stored(3));
  }

  @Test
  void useCasesThatATimerCallsHaveTransactionsOfTheirOwn() {
    assertThrows(EJBException.class, () -> schedule.round(4, 5));

    assertEquals(Stored.ALL, probe.stored(4));
    assertEquals(Stored.NOTHING, probe.stored(5));
  }

  @Test
  void aConflictIsTriedAgainInANewTransaction() {
    probe.writeAtTheThirdTry(6);

    assertEquals(Stored.ALL, probe.stored(6));
  }
}
