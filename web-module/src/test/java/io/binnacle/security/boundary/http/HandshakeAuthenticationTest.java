package io.binnacle.security.boundary.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import io.binnacle.security.control.Authentication;
import io.binnacle.security.entity.Caller;
import io.binnacle.security.entity.Role;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HandshakeAuthenticationTest {
  private static final Caller ANN =
      new Caller(1, "ann", "Ann", Role.MEMBER, Role.MEMBER.rights(), null, null, 5L, false);

  private String known = "right";

  private final HandshakeAuthentication handshakes =
      new HandshakeAuthentication(new KnownSecrets());

  @Test
  void aKeyNeedsNoOrigin() {
    assertEquals(ANN, authenticate(Map.of("X-API-Key", "right"), null));
  }

  @Test
  void aSessionComesFromOurOwnPagesOnly() {
    assertEquals(ANN, authenticate(Map.of("Origin", "http://here:9080"), "right"));
    assertEquals(ProblemType.CSRF, refusal(Map.of("Origin", "http://there:9080"), "right"));
    assertEquals(ProblemType.CSRF, refusal(Map.of(), "right"));
  }

  @Test
  void theCallerIsFoundAgainUntilItsSecretEnds() {
    Map<String, String> headers = Map.of("X-API-Key", "right", "Host", "here:9080");
    CallerPrincipal caller = handshakes.authenticate(headers::get, null);
    assertEquals(ANN, caller.again());

    known = "another";
    assertNull(caller.again());
  }

  @Test
  void aKeyFromAForeignPageIsRefused() {
    assertEquals(ProblemType.CSRF, refusal(Map.of("X-API-Key", "right", "Origin", "http://there")));
  }

  @Test
  void withoutAValidSecretNobodyGetsIn() {
    assertEquals(ProblemType.UNAUTHENTICATED, refusal(Map.of()));
    assertEquals(ProblemType.UNAUTHENTICATED, refusal(Map.of("X-API-Key", "wrong")));
    assertEquals(
        ProblemType.UNAUTHENTICATED, refusal(Map.of("Origin", "http://here:9080"), "wrong"));
  }

  @Test
  void aWrongKeyIsNotMendedByASession() {
    assertEquals(
        ProblemType.UNAUTHENTICATED,
        refusal(Map.of("X-API-Key", "wrong", "Origin", "http://here:9080"), "right"));
  }

  private Caller authenticate(Map<String, String> headers, String token) {
    Map<String, String> all = new HashMap<>(headers);
    all.put("Host", "here:9080");
    return handshakes.authenticate(all::get, token).caller();
  }

  private ProblemType refusal(Map<String, String> headers) {
    return refusal(headers, null);
  }

  private ProblemType refusal(Map<String, String> headers, String token) {
    return assertThrows(ProblemException.class, () -> authenticate(headers, token)).type();
  }

  /** Knows one key and one session. */
  private final class KnownSecrets extends Authentication {
    @Override
    public Caller byKey(String key) {
      return key.equals(known) ? ANN : null;
    }

    @Override
    public Caller byIdleSession(String token) {
      return token.equals(known) ? ANN : null;
    }

    @Override
    public Caller bySession(String token) {
      throw new AssertionError("A socket that is opened is no sign of its reader.");
    }
  }
}
