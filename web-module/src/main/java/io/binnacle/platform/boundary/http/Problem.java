package io.binnacle.platform.boundary.http;

import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/**
 * A refusal as RFC 9457 writes it.
 *
 * @param code stable, snake_case; what a program should look at
 * @param detail for a person; may change
 * @param field the field at fault, if one is
 * @param limit the limit that was passed, if one was
 */
public record Problem(
    String type,
    String title,
    int status,
    String code,
    @Nullable String detail,
    @Nullable String field,
    @Nullable Long limit,
    @Nullable String requestId) {

  /** The media type of every refusal. */
  public static final String MEDIA_TYPE = "application/problem+json";

  /** What a caller without credentials is asked for; never Basic, which makes browsers ask. */
  public static final String CHALLENGE = "Bearer realm=\"Binnacle\"";

  /** The wire form of a refusal. */
  public static Problem of(ProblemException e, @Nullable String requestId) {
    ProblemType type = e.type();
    return new Problem(
        "/problems/" + type.code(),
        type.title(),
        type.status(),
        type.code(),
        e.getMessage(),
        e.field(),
        e.limit(),
        requestId);
  }

  /** The answer to a request that was refused. */
  public static Response response(ProblemException e, @Nullable String requestId) {
    Response.ResponseBuilder response =
        Response.status(e.type().status())
            .type(MEDIA_TYPE)
            .header(HttpHeaders.CACHE_CONTROL, "no-store")
            .entity(of(e, requestId));
    if (e.retryAfterSeconds() > 0) {
      response.header(HttpHeaders.RETRY_AFTER, e.retryAfterSeconds());
    }
    if (e.type() == ProblemType.UNAUTHENTICATED) {
      response.header(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE);
    }
    return response.build();
  }
}
