package io.binnacle.security.boundary.http;

import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import io.binnacle.security.control.Authentication;
import io.binnacle.security.entity.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Who opens a WebSocket: the same keys and sessions as everywhere. A browser sends cookies along
 * for any page that opens a socket, so a session must come from our own origin, and a key must not
 * come from a foreign one.
 */
@ApplicationScoped
public class HandshakeAuthentication {
  @Inject Authentication authentication;

  /** For the container. */
  @SuppressWarnings("NullAway.Init")
  public HandshakeAuthentication() {}

  HandshakeAuthentication(Authentication authentication) {
    this.authentication = authentication;
  }

  /**
   * The caller who asks for a handshake.
   *
   * @param header finds a header by its name, in any case
   * @param token of a session, or null
   * @throws ProblemException UNAUTHENTICATED without a valid key or session, CSRF for a foreign
   *     origin
   */
  CallerPrincipal authenticate(Function<String, @Nullable String> header, @Nullable String token) {
    String key = Credentials.key(header);
    CallerPrincipal caller = find(key, token);
    if (caller == null) {
      throw ProblemException.unauthenticated();
    }
    String origin = header.apply("Origin");
    if (origin == null ? key == null : !SameOrigin.isHost(origin, header.apply("Host"))) {
      throw ProblemException.of(
          ProblemType.CSRF, "Sockets are opened only by Binnacle's own pages, or with a key.");
    }
    return caller;
  }

  private @Nullable CallerPrincipal find(@Nullable String key, @Nullable String token) {
    if (key != null) {
      return byKey(key);
    }
    return token == null ? null : bySession(token);
  }

  private @Nullable CallerPrincipal byKey(String key) {
    Caller caller = authentication.byKey(key);
    return caller == null ? null : new CallerPrincipal(caller, () -> authentication.byKey(key));
  }

  /**
   * Neither an open socket nor a page that opens it again and again is a sign that its reader is
   * still there: an idle session ends.
   */
  private @Nullable CallerPrincipal bySession(String token) {
    Caller caller = authentication.byIdleSession(token);
    return caller == null
        ? null
        : new CallerPrincipal(caller, () -> authentication.byIdleSession(token));
  }
}
