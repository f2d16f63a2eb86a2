package io.binnacle.security.boundary.http;

import io.binnacle.platform.boundary.http.ServletProblem;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.security.control.Authentication;
import io.binnacle.security.control.CurrentCaller;
import io.binnacle.security.entity.Caller;
import jakarta.inject.Inject;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who makes a request, by key or by session, without the container's login. Under {@code
 * /api} it only finds out: {@code PermissionFilter} and the WebSocket handshake decide. Everything
 * else is the console, and {@link PageGate} decides here.
 */
public class AuthenticationFilter implements Filter {
  /** Marks what an open page asks without its reader: that keeps no session alive. */
  private static final String BY_ITSELF = "Binnacle-By-Itself";

  private static final String CALLER = "io.binnacle.caller";

  @Inject Authentication authentication;
  @Inject CurrentCaller currentCaller;
  @Inject PageGate pages;
  @Inject HandshakeAuthentication handshakes;

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest http = (HttpServletRequest) request;
    String path = http.getServletPath() + (http.getPathInfo() == null ? "" : http.getPathInfo());
    if (isApi(path)) {
      if (isHandshake(http)) {
        openSocket(http, (HttpServletResponse) response, chain);
      } else {
        enter(http, apiCaller(http));
        chain.doFilter(request, response);
      }
    } else if (path.startsWith("/jakarta.faces.resource/") || path.startsWith("/assets/")) {
      chain.doFilter(request, response);
    } else {
      Caller caller = bySession(http);
      enter(http, caller);
      if (pages.admits(caller, path, http, (HttpServletResponse) response)) {
        chain.doFilter(request, response);
      }
    }
  }

  /** The caller that this filter found, or null. */
  public static @Nullable Caller callerOf(ServletRequest request) {
    return (Caller) request.getAttribute(CALLER);
  }

  /** Whether a path belongs to the API, whose refusals are problems and not pages. */
  static boolean isApi(String path) {
    return path.equals("/api") || path.startsWith("/api/");
  }

  /** Whether a request opens a WebSocket. Wishes for other protocols are none of ours. */
  private static boolean isHandshake(HttpServletRequest request) {
    return Collections.list(request.getHeaders("Upgrade")).stream()
        .flatMap(protocols -> Arrays.stream(protocols.split(",")))
        .anyMatch(protocol -> protocol.strip().equalsIgnoreCase("websocket"));
  }

  /** Here a socket can still be refused with a status; later its endpoint can only close it. */
  private void openSocket(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    CallerPrincipal caller;
    try {
      caller = handshakes.authenticate(request::getHeader, SessionCookie.token(request));
    } catch (ProblemException refusal) {
      ServletProblem.write(refusal, request, response);
      return;
    }
    enter(request, caller.caller());
    chain.doFilter(new SocketRequest(request, caller), response);
  }

  private @Nullable Caller apiCaller(HttpServletRequest request) {
    String key = Credentials.key(request::getHeader);
    // A wrong key is never mended by a cookie: the caller would act as somebody else.
    return key == null ? bySession(request) : authentication.byKey(key);
  }

  private @Nullable Caller bySession(HttpServletRequest request) {
    String token = SessionCookie.token(request);
    if (token == null) {
      return null;
    }
    return request.getHeader(BY_ITSELF) == null
        ? authentication.bySession(token)
        : authentication.byIdleSession(token);
  }

  private void enter(HttpServletRequest request, @Nullable Caller caller) {
    if (caller != null) {
      currentCaller.enter(caller);
      request.setAttribute(CALLER, caller);
    }
  }
}
