package io.binnacle.platform.boundary.rest;

import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Bounds the bodies of ordinary JSON endpoints, whether they tell their length or not. */
@Provider
@Priority(Priorities.HEADER_DECORATOR)
public class BodyLimit implements ContainerRequestFilter {
  private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD");

  @Context ResourceInfo resource;

  @Inject
  @ConfigProperty(name = "binnacle.body.max.bytes", defaultValue = "1048576")
  long maxBytes;

  @Override
  public void filter(ContainerRequestContext request) {
    Method method = resource.getResourceMethod();
    if (WITHOUT_BODY.contains(request.getMethod())
        || (method != null && method.isAnnotationPresent(LimitsOwnBody.class))) {
      return;
    }
    refuseEncoded(request.getHeaderString(HttpHeaders.CONTENT_ENCODING));
    if (ContentLength.of(request.getHeaderString(HttpHeaders.CONTENT_LENGTH), 0) > maxBytes) {
      throw ProblemException.bodyTooLarge(maxBytes);
    }
    request.setEntityStream(new BoundedStream(request.getEntityStream(), maxBytes));
  }

  private static void refuseEncoded(@Nullable String encoding) {
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw ProblemException.of(
          ProblemType.UNSUPPORTED_MEDIA_TYPE, "This address takes no compressed bodies.");
    }
  }
}
