package io.binnacle.platform.boundary.rest;

import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;
import java.util.Set;

/**
 * Refuses methods that no resource has. JAX-RS would answer OPTIONS by itself, without asking for a
 * permission; other origins may not call the API anyway.
 */
@Provider
@PreMatching
public class MethodFilter implements ContainerRequestFilter {
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");

  @Override
  public void filter(ContainerRequestContext request) {
    if (!METHODS.contains(request.getMethod())) {
      throw ProblemException.of(
          ProblemType.METHOD_NOT_ALLOWED, "The API does not take this method.");
    }
  }
}
