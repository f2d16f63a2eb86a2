package io.binnacle.logs.boundary.push;

import io.binnacle.logs.control.LogAddress;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import io.binnacle.security.boundary.http.CallerPrincipal;
import io.binnacle.security.entity.Caller;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a viewer was let in on. A tail may stay open for days: a key that is revoked, a session that
 * ends, a membership that is withdrawn and a run that is deleted must close it.
 *
 * @param who with which credential it came
 * @param log what it was admitted to
 * @param door finds the log for a caller, or refuses
 */
record Admission(CallerPrincipal who, LogAddress log, Function<Caller, LogAddress> door) {
  /** Why it no longer holds; null while it does. Trouble of the server's own is no reason. */
  @Nullable ProblemException ended() {
    Caller now = who.again();
    if (now == null) {
      return ProblemException.of(
          ProblemType.UNAUTHENTICATED, "The key or the session with which this began has ended.");
    }
    try {
      door.apply(now);
      return null;
    } catch (ProblemException e) {
      return e.type().status() < 500 ? e : null;
    }
  }
}
