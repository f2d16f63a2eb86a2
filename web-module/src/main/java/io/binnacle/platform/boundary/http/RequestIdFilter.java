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
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Gives every request an id, or takes the caller's, and answers it. The first of the filters. Error
 * pages pass it once more, and keep the id unless the container refused before any filter.
 */
public class RequestIdFilter implements Filter {
  private static final Logger LOG = System.getLogger(RequestIdFilter.class.getName());
  private static final String HEADER = "X-Request-Id";
  private static final String ATTRIBUTE = "io.binnacle.request_id";

  /** The id of a request, also on another thread than its first. */
  public static @Nullable String idOf(ServletRequest request) {
    return (String) request.getAttribute(ATTRIBUTE);
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String id = idOf(request);
    if (id == null) {
      id = RequestId.choose(((HttpServletRequest) request).getHeader(HEADER));
    }
    request.setAttribute(ATTRIBUTE, id);
    ((HttpServletResponse) response).setHeader(HEADER, id);
    RequestId.enter(id);
    long began = System.nanoTime();
    try {
      chain.doFilter(request, response);
    } finally {
      if (LOG.isLoggable(Level.DEBUG)) {
        note((HttpServletRequest) request, (HttpServletResponse) response, began);
      }
      RequestId.leave();
    }
  }

  /** Without the parameters, which may tell what somebody searched for. */
  private static void note(HttpServletRequest request, HttpServletResponse response, long began) {
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    String method = request.getMethod();
    String path = request.getRequestURI();
    if (request.isAsyncStarted()) {
      LOG.log(Level.DEBUG, "{0} {1} waits for its answer after {2} ms", method, path, millis);
    } else {
      LOG.log(Level.DEBUG, "{0} {1}: {2} in {3} ms", method, path, response.getStatus(), millis);
    }
  }
}
