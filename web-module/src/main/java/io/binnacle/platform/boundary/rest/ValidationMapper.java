package io.binnacle.platform.boundary.rest;

import io.binnacle.platform.boundary.http.Problem;
import io.binnacle.platform.boundary.http.ProblemTranslation;
import io.binnacle.platform.boundary.http.RequestIdFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.ValidationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Answers violated constraints; the JAX-RS implementation has a mapper of its own for them. */
@Provider
public class ValidationMapper implements ExceptionMapper<ValidationException> {
  @Context HttpServletRequest request;

  @Override
  public Response toResponse(ValidationException thrown) {
    return Problem.response(ProblemTranslation.of(thrown), RequestIdFilter.idOf(request));
  }
}
