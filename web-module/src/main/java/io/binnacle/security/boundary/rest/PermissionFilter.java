package io.binnacle.security.boundary.rest;

import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import io.binnacle.security.boundary.http.SameOrigin;
import io.binnacle.security.control.CurrentCaller;
import io.binnacle.security.entity.Caller;
import io.binnacle.security.entity.Right;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks the permission that each REST method declares, before its body is read. */
@Provider
@Priority(Priorities.AUTHORIZATION)
public class PermissionFilter implements ContainerRequestFilter {
  private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD");

  @Context ResourceInfo resource;
  @Context HttpServletRequest http;
  @Inject CurrentCaller currentCaller;

  @Override
  public void filter(ContainerRequestContext request) {
    Method method = resource.getResourceMethod();
    if (method == null || method.isAnnotationPresent(OpenToAll.class)) {
      return;
    }
    Caller caller = currentCaller.get();
    Requires requires = permission(method);
    if (requires == null) {
      throw ProblemException.of(
          ProblemType.FORBIDDEN, "Nobody may use this: it declares no permission.");
    }
    requireAny(caller, requires.value());
    requireSameOrigin(caller, request.getMethod());
  }

  private @Nullable Requires permission(Method method) {
    Requires requires = method.getAnnotation(Requires.class);
    return requires != null ? requires : resource.getResourceClass().getAnnotation(Requires.class);
  }

  private static void requireAny(Caller caller, Right[] rights) {
    for (Right right : rights) {
      if (caller.may(right)) {
        return;
      }
    }
    String names =
        Arrays.stream(rights)
            .map(right -> "\"" + right.code() + "\"")
            .collect(Collectors.joining(" or "));
    throw ProblemException.of(ProblemType.FORBIDDEN, "This needs the right " + names + ".");
  }

  private void requireSameOrigin(Caller caller, String method) {
    if (caller.sessionId() == null || SAFE_METHODS.contains(method)) {
      return;
    }
    if (!SameOrigin.holds(http)) {
      throw ProblemException.of(
          ProblemType.CSRF, "With a session, changes are taken only from Binnacle's own pages.");
    }
  }
}
