package io.binnacle.logs.boundary.push;

import io.binnacle.logs.control.LogAccess;
import io.binnacle.platform.boundary.http.ServletProblem;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.security.boundary.http.CallerPrincipal;
import io.binnacle.security.entity.Caller;
import io.binnacle.security.entity.Right;
import jakarta.inject.Inject;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Refuses a tail that its caller may not see while that can still be said with a status; an
 * endpoint can only open the socket and close it again. Only handshakes have a principal.
 */
public class TailGate implements Filter {
  private static final Pattern OF_RUN = Pattern.compile("/api/v1/runs/([^/]+)/logs/stream");
  private static final Pattern OF_SERVICE =
      Pattern.compile("/api/v1/projects/([^/]+)/services/([^/]+)/logs/stream");

  @Inject LogAccess access;

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest http = (HttpServletRequest) request;
    if (http.getUserPrincipal() instanceof CallerPrincipal principal) {
      try {
        mayRead(principal.caller(), path(http));
      } catch (ProblemException refusal) {
        ServletProblem.write(refusal, http, (HttpServletResponse) response);
        return;
      }
    }
    chain.doFilter(request, response);
  }

  private void mayRead(Caller caller, String path) {
    Matcher run = OF_RUN.matcher(path);
    Matcher service = OF_SERVICE.matcher(path);
    if (run.matches()) {
      access.run(caller, run.group(1), Right.READ);
    } else if (service.matches()) {
      access.service(caller, service.group(1), service.group(2), Right.READ);
    }
  }

  private static String path(HttpServletRequest request) {
    String info = request.getPathInfo();
    return request.getServletPath() + (info == null ? "" : info);
  }
}
