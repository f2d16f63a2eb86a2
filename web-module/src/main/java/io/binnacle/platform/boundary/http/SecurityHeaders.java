package io.binnacle.platform.boundary.http;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * What browsers may do with an answer: nothing but show it, unless it is a page of the console, for
 * which {@link #allowPage} is called. Also for answers that the container makes itself.
 */
public class SecurityHeaders implements Filter {
  private static final String POLICY = "Content-Security-Policy";

  /** Enough for the error page; whatever else is answered needs less. */
  private static final String STRICT =
      "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; base-uri 'none';"
          + " form-action 'none'; frame-ancestors 'none'";

  /** Styles come from files only: what scripts set through the CSSOM is no inline style. */
  private static final String PAGE =
      "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none';"
          + " frame-src 'none'; worker-src 'self'; connect-src 'self'; font-src 'self';"
          + " img-src 'self' data:; media-src 'none'; manifest-src 'self';"
          + " style-src 'self'";

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletResponse answer = (HttpServletResponse) response;
    answer.setHeader(POLICY, STRICT);
    answer.setHeader("X-Content-Type-Options", "nosniff");
    answer.setHeader("X-Frame-Options", "DENY");
    answer.setHeader("Referrer-Policy", "same-origin");
    answer.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    answer.setHeader("Cross-Origin-Resource-Policy", "same-origin");
    answer.setHeader(
        "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
    chain.doFilter(request, response);
  }

  /**
   * Lets a page do what the console does. PrimeFaces adds a second policy, {@code script-src
   * 'self'} with the nonce that only it knows; a browser obeys both. So scripts can't be named
   * here: those with the nonce would be refused.
   */
  public static void allowPage(HttpServletResponse response) {
    response.setHeader(POLICY, PAGE);
  }
}
