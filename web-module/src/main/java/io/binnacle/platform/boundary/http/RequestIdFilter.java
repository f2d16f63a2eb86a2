package io.binnacle.platform.boundary.http;

import io.binnacle.platform.control.RequestId;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Gives every request an id, or takes the caller's, and answers it. The first of the filters. */
public class RequestIdFilter implements Filter {
  private static final String HEADER = "X-Request-Id";
  private static final String ATTRIBUTE = "io.binnacle.request_id";

  /** The id of a request, also on another thread than its first. */
  public static @Nullable String idOf(ServletRequest request) {
    return (String) request.getAttribute(ATTRIBUTE);
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String id = RequestId.choose(((HttpServletRequest) request).getHeader(HEADER));
    request.setAttribute(ATTRIBUTE, id);
    ((HttpServletResponse) response).setHeader(HEADER, id);
    RequestId.enter(id);
    try {
      chain.doFilter(request, response);
    } finally {
      RequestId.leave();
    }
  }
}
