package io.binnacle.platform.boundary.rest;

import io.binnacle.platform.boundary.http.Problem;
import io.binnacle.platform.boundary.http.ProblemTranslation;
import io.binnacle.platform.boundary.http.RequestIdFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Answers whatever a resource throws as a problem. */
@Provider
public class ThrowableMapper implements ExceptionMapper<Throwable> {
  @Context HttpServletRequest request;

  @Override
  public Response toResponse(Throwable thrown) {
    return Problem.response(ProblemTranslation.of(thrown), RequestIdFilter.idOf(request));
  }
}
