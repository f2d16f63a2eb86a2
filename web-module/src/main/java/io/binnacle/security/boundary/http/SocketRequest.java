package io.binnacle.security.boundary.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/**
 * A request that opens a WebSocket. It carries its caller as the principal, which is the one thing
 * that reaches the endpoint for this connection alone. And it never gets a session of the
 * container: the WebSocket implementation would make one for every handshake, and hold it for an
 * hour.
 */
final class SocketRequest extends HttpServletRequestWrapper {
  private final CallerPrincipal caller;

  SocketRequest(HttpServletRequest request, CallerPrincipal caller) {
    super(request);
    this.caller = caller;
  }

  @Override
  public Principal getUserPrincipal() {
    return caller;
  }

  @Override
  public @Nullable HttpSession getSession(boolean create) {
    return null;
  }

  @Override
  public @Nullable HttpSession getSession() {
    return null;
  }
}
