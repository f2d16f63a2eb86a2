package io.binnacle.logs.boundary.push;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.binnacle.logs.control.LogAddress;
import io.binnacle.logs.entity.LogOwner;
import io.binnacle.logs.entity.OwnerKind;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import io.binnacle.security.boundary.http.CallerPrincipal;
import io.binnacle.security.entity.Caller;
import io.binnacle.security.entity.ProjectScope;
import io.binnacle.security.entity.Role;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AdmissionTest {
  private static final Caller ANN =
      new Caller(1, "ann", "Ann", Role.MEMBER, Role.MEMBER.rights(), null, null, 5L, false);
  private static final LogAddress LOG =
      new LogAddress(ProjectScope.granted(7), new LogOwner(OwnerKind.RUN, 100), "run_id", "r");

  @Test
  void itHoldsWhileTheCallerMaySeeTheLog() {
    assertNull(admission(ANN, caller -> LOG).ended());
  }

  @Test
  void itEndsWithTheKeyOrTheSession() {
    assertEquals(ProblemType.UNAUTHENTICATED, reason(admission(null, caller -> LOG)));
  }

  @Test
  void itEndsWhenTheCallerIsNoMemberAnyMoreAndWhenTheRunIsDeleted() {
    assertEquals(
        ProblemType.NOT_FOUND,
        reason(
            admission(
                ANN,
                caller -> {
                  throw ProblemException.notFound("run");
                })));
  }

  @Test
  void troubleOfTheServerEndsNothing() {
    assertNull(
        admission(
                ANN,
                caller -> {
                  throw ProblemException.retryLater(ProblemType.UNAVAILABLE, 5, "away");
                })
            .ended());
  }

  private static Admission admission(@Nullable Caller now, Function<Caller, LogAddress> door) {
    return new Admission(new CallerPrincipal(ANN, () -> now), LOG, door);
  }

  private static ProblemType reason(Admission admission) {
    ProblemException ended = admission.ended();
    assertNotNull(ended);
    return ended.type();
  }
}
