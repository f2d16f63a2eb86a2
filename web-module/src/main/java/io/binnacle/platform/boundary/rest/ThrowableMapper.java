package io.binnacle.platform.boundary.rest;

import io.binnacle.platform.control.RequestId;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Answers whatever a resource throws as a problem. */
@Provider
public class ThrowableMapper implements ExceptionMapper<Throwable> {
  @Override
  public Response toResponse(Throwable thrown) {
    return Problem.response(ProblemTranslation.of(thrown), RequestId.current());
  }
}
