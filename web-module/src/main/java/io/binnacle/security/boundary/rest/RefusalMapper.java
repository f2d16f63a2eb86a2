package io.binnacle.security.boundary.rest;

import io.binnacle.platform.boundary.http.Problem;
import io.binnacle.platform.boundary.http.ProblemTranslation;
import io.binnacle.platform.boundary.http.RequestIdFilter;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import io.binnacle.security.boundary.http.AuthenticationFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/**
 * Answers requests that JAX-RS itself refuses, for instance because no resource has the address.
 * That happens before any permission is checked: whoever is not authenticated learns nothing else.
 */
@Provider
public class RefusalMapper implements ExceptionMapper<ClientErrorException> {
  @Context HttpServletRequest request;

  @Override
  public Response toResponse(ClientErrorException refused) {
    ProblemException refusal =
        AuthenticationFilter.callerOf(request) == null
            ? ProblemException.of(
                ProblemType.UNAUTHENTICATED, "Send an API key or log in to the console.")
            : ProblemTranslation.of(refused);
    return Problem.response(refusal, RequestIdFilter.idOf(request));
  }
}
