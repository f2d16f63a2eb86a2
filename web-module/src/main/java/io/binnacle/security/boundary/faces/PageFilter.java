package io.binnacle.security.boundary.faces;

import io.binnacle.platform.boundary.faces.Route;
import io.binnacle.platform.boundary.http.SecurityHeaders;
import io.binnacle.security.boundary.http.PageRoutes;
import jakarta.inject.Inject;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/** Leads the addresses of the console to their pages. Authentication comes before this filter. */
public class PageFilter implements Filter {
  @Inject Route route;

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest http = (HttpServletRequest) request;
    String path = http.getServletPath() + (http.getPathInfo() == null ? "" : http.getPathInfo());
    Optional<PageRoutes.Target> target = PageRoutes.find(path);
    if (target.isEmpty()) {
      chain.doFilter(request, response);
      return;
    }
    route.take(path, http.getQueryString(), target.get().names());
    SecurityHeaders.allowPage((HttpServletResponse) response);
    // A page shows what is true now; going back in the browser must ask again.
    ((HttpServletResponse) response).setHeader("Cache-Control", "no-store");
    request.getRequestDispatcher(target.get().view()).forward(request, response);
  }
}
