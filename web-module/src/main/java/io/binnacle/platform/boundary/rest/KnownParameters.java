package io.binnacle.platform.boundary.rest;

import io.binnacle.platform.entity.Page;
import io.binnacle.platform.entity.ProblemException;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Refuses a query parameter that a list or a deletion does not know. Ignored, a filter with a slip
 * of the pen would answer with everything, or delete it.
 */
@Provider
public class KnownParameters implements ContainerRequestFilter {
  private final Map<Method, Set<String>> known = new ConcurrentHashMap<>();

  @Context ResourceInfo resource;

  @Override
  public void filter(ContainerRequestContext request) {
    Method method = resource.getResourceMethod();
    if (method != null && mayBeNarrowed(method)) {
      check(method, request.getUriInfo().getQueryParameters().keySet());
    }
  }

  static boolean mayBeNarrowed(Method method) {
    return method.getReturnType() == Page.class || method.isAnnotationPresent(DELETE.class);
  }

  void check(Method method, Set<String> given) {
    Set<String> names = known.computeIfAbsent(method, KnownParameters::names);
    for (String name : given) {
      if (!names.contains(name)) {
        throw ProblemException.notTaken(name, names);
      }
    }
  }

  private static Set<String> names(Method method) {
    Set<String> names = new TreeSet<>();
    for (Parameter parameter : method.getParameters()) {
      add(names, parameter);
      if (parameter.isAnnotationPresent(BeanParam.class)) {
        for (AnnotatedElement field : parameter.getType().getDeclaredFields()) {
          add(names, field);
        }
      }
    }
    return names;
  }

  private static void add(Set<String> names, AnnotatedElement parameter) {
    QueryParam query = parameter.getAnnotation(QueryParam.class);
    if (query != null) {
      names.add(query.value());
    }
  }
}
