package io.binnacle.platform.entity;

import java.util.Locale;

/**
 * Every way in which Binnacle says no. The code is part of the API: it never changes its meaning.
 */
public enum ProblemType {
  INVALID_FIELD(400, "A field is not valid"),
  MALFORMED_REQUEST(400, "The request can't be read"),
  MALFORMED_BODY(400, "The body can't be read"),
  INVALID_CURSOR(400, "The cursor belongs to another list or filter"),
  INVALID_REGEX(400, "The regular expression is not valid"),
  UNAUTHENTICATED(401, "A valid key or session is needed"),
  FORBIDDEN(403, "The caller lacks the right"),
  CSRF(403, "The request comes from another site"),
  NOT_FOUND(404, "There is no such thing"),
  METHOD_NOT_ALLOWED(405, "The address does not take this method"),
  NOT_ACCEPTABLE(406, "None of the accepted formats can be made"),
  CONFLICT(409, "The change conflicts with what is there"),
  RUN_ID_TAKEN(409, "The run id is in use"),
  BATCH_CONFLICT(409, "The batch number was used with other content"),
  RUN_DELETED(410, "The run was deleted"),
  PRECONDITION_FAILED(412, "The thing was changed meanwhile"),
  BODY_TOO_LARGE(413, "The body is too large"),
  UNSUPPORTED_MEDIA_TYPE(415, "The format of the body is not supported"),
  PRECONDITION_REQUIRED(428, "The request needs an If-Match header"),
  TOO_MANY_REQUESTS(429, "Too many requests"),
  INTERNAL_ERROR(500, "Binnacle failed"),
  UNAVAILABLE(503, "Binnacle can't take this now"),
  STORAGE_FULL(507, "The storage is full");

  private final int status;
  private final String title;

  ProblemType(int status, String title) {
    this.status = status;
    this.title = title;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** One sentence, the same for every problem of this type. */
  public String title() {
    return title;
  }

  /** The stable, snake_case name in the API. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
