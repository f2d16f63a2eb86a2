package io.binnacle.platform.boundary.http;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * What browsers may do with an answer. For pages PrimeFaces adds a second policy, {@code script-src
 * 'self'} with the nonce that only it knows; a browser obeys both.
 */
public class SecurityHeaders implements Filter {
  private static final String NOTHING =
      "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  /** Styles come from files only: what scripts set through the CSSOM is no inline style. */
  private static final String PAGE =
      "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none';"
          + " frame-src 'none'; worker-src 'self'; connect-src 'self'; font-src 'self';"
          + " img-src 'self' data:; media-src 'none'; manifest-src 'self';"
          + " style-src 'self'";

  private static final String ONE_YEAR = "max-age=31536000";

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletResponse answer = (HttpServletResponse) response;
    boolean api = ((HttpServletRequest) request).getRequestURI().startsWith("/api/");
    answer.setHeader("Content-Security-Policy", api ? NOTHING : PAGE);
    answer.setHeader("X-Content-Type-Options", "nosniff");
    answer.setHeader("X-Frame-Options", "DENY");
    answer.setHeader("Referrer-Policy", "same-origin");
    answer.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    answer.setHeader("Cross-Origin-Resource-Policy", "same-origin");
    answer.setHeader(
        "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
    if (((HttpServletRequest) request).isSecure()) {
      answer.setHeader("Strict-Transport-Security", ONE_YEAR);
    }
    chain.doFilter(request, response);
  }
}
