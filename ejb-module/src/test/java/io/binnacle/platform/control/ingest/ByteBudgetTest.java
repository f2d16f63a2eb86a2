package io.binnacle.platform.control.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import org.junit.jupiter.api.Test;

class ByteBudgetTest {
  private final ByteBudget budget = new ByteBudget(100);

  @Test
  void refusesWhatDoesNotFitAndSaysWhenToComeBack() {
    budget.take(60);

    ProblemException refusal = assertThrows(ProblemException.class, () -> budget.take(41));

    assertEquals(ProblemType.TOO_MANY_REQUESTS, refusal.type());
    assertEquals(1, refusal.retryAfterSeconds());
    assertEquals(60, budget.taken());
  }

  @Test
  void whatIsReleasedCanBeTakenAgain() {
    ByteBudget.Reservation all = budget.take(100);

    all.release();
    all.release();

    assertEquals(0, budget.taken());
    budget.take(100);
  }

  @Test
  void aReservationThatCannotGrowKeepsWhatItHad() {
    ByteBudget.Reservation one = budget.take(50);
    budget.take(40);

    assertThrows(ProblemException.class, () -> one.growTo(61));

    assertEquals(90, budget.taken());
    one.growTo(60);
    assertEquals(100, budget.taken());
  }

  @Test
  void aReservationSettlesOnWhatItsBodyNeedsInTheEnd() {
    ByteBudget.Reservation one = budget.take(80);

    one.settle(30);
    assertEquals(30, budget.taken());
    one.settle(40);
    assertEquals(40, budget.taken());
    assertThrows(ProblemException.class, () -> one.settle(101));

    one.release();
    assertEquals(0, budget.taken());
  }
}
