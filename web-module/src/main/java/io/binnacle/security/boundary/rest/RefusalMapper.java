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
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests that JAX-RS itself refuses, for instance because no resource has the address.
 * That happens before any permission is checked: whoever is not authenticated learns nothing else.
 */
@Provider
public class RefusalMapper implements ExceptionMapper<ClientErrorException> {
  @Context HttpServletRequest request;

  @Override
  public Response toResponse(ClientErrorException refused) {
    String allowed = refused.getResponse().getHeaderString(HttpHeaders.ALLOW);
    return answer(request, ProblemTranslation.of(refused), allowed);
  }

  /**
   * A refusal, or that the caller is nobody.
   *
   * @param allowed the methods that the address takes, for the refusal of another one
   */
  static Response answer(
      HttpServletRequest request, ProblemException refusal, @Nullable String allowed) {
    String id = RequestIdFilter.idOf(request);
    if (AuthenticationFilter.callerOf(request) == null) {
      return Problem.response(ProblemException.unauthenticated(), id);
    }
    Response answer = Problem.response(refusal, id);
    return refusal.type() == ProblemType.METHOD_NOT_ALLOWED
        ? Response.fromResponse(answer).header(HttpHeaders.ALLOW, allowed).build()
        : answer;
  }
}
