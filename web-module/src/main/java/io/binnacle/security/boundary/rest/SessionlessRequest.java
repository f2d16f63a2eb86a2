package io.binnacle.security.boundary.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

/**
 * A request that never gets a session of the container. The WebSocket implementation would make one
 * for every handshake, and hold it for an hour.
 */
final class SessionlessRequest extends HttpServletRequestWrapper {
  SessionlessRequest(HttpServletRequest request) {
    super(request);
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
