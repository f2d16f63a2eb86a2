package io.binnacle.platform.boundary.http;

import io.binnacle.platform.control.DiskReserve;
import jakarta.inject.Inject;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;

/** Refuses whatever would write while the embedded database has no room: reading goes on. */
public class DiskGate implements Filter {
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  @Inject DiskReserve disk;

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest http = (HttpServletRequest) request;
    if (!READING.contains(http.getMethod()) && disk.isOut()) {
      ServletProblem.write(DiskReserve.full(), http, (HttpServletResponse) response);
    } else {
      chain.doFilter(request, response);
    }
  }
}
