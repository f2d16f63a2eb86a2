package io.binnacle.security.boundary.rest;

import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Refuses OPTIONS, which JAX-RS answers by itself, without asking for a permission; other origins
 * may not call the API anyway. The methods that an address takes are named without it.
 */
@Provider
public class AllowedMethods implements ContainerResponseFilter {
  @Context HttpServletRequest servletRequest;

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    String allowed = response.getHeaderString(HttpHeaders.ALLOW);
    if (request.getMethod().equals(HttpMethod.OPTIONS) && response.getStatus() < 300) {
      ProblemException refusal =
          ProblemException.of(
              ProblemType.METHOD_NOT_ALLOWED, "This address does not take that method.");
      Response refused = RefusalMapper.answer(servletRequest, refusal, allowed);
      response.setStatus(refused.getStatus());
      response.getHeaders().remove(HttpHeaders.ALLOW);
      response.getHeaders().putAll(refused.getHeaders());
      response.setEntity(refused.getEntity(), new Annotation[0], refused.getMediaType());
    }
    String left = response.getHeaderString(HttpHeaders.ALLOW);
    if (left != null) {
      response.getHeaders().putSingle(HttpHeaders.ALLOW, withoutOptions(left));
    }
  }

  private static String withoutOptions(String allowed) {
    return Arrays.stream(allowed.split("[, ]+"))
        .filter(method -> !method.equals(HttpMethod.OPTIONS))
        .sorted()
        .collect(Collectors.joining(", "));
  }
}
