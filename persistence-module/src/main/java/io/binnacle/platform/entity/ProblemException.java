package io.binnacle.platform.entity;

import java.util.Collection;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A clear refusal: thrown by any layer, answered as RFC 9457 {@code application/problem+json}.
 * Unchecked, so that a transaction rolls back.
 */
public class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int MAX_FIELD_CHARS = 100;

  private final ProblemType type;
  private final @Nullable String field;
  private final @Nullable Long limit;
  private final int retryAfterSeconds;

  private ProblemException(
      ProblemType type,
      String detail,
      @Nullable String field,
      @Nullable Long limit,
      int retryAfterSeconds) {
    super(detail);
    this.type = type;
    this.field = field;
    this.limit = limit;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** A refusal with one sentence of detail for the caller. */
  public static ProblemException of(ProblemType type, String detail) {
    return new ProblemException(type, detail, null, null, 0);
  }

  /** A field that is not valid, named as it stands in the JSON. */
  public static ProblemException field(String field, String detail) {
    return new ProblemException(ProblemType.INVALID_FIELD, detail, field, null, 0);
  }

  /**
   * A field or parameter that is not taken; a name that is longer than any is cut.
   *
   * @param taken those that are
   */
  public static ProblemException notTaken(String field, Collection<String> taken) {
    return field(
        field.substring(0, Math.min(field.length(), MAX_FIELD_CHARS)),
        taken.isEmpty()
            ? "Nothing is taken here."
            : "Taken here are " + String.join(", ", new TreeSet<>(taken)) + ".");
  }

  /** Nobody who is known asks. */
  public static ProblemException unauthenticated() {
    return of(
        ProblemType.UNAUTHENTICATED,
        "Send a valid API key or log in to the console: there was no key or session, or one that is"
            + " unknown, revoked or expired.");
  }

  /** A field beyond a limit, both named. */
  public static ProblemException limit(String field, long limit, String detail) {
    return new ProblemException(ProblemType.INVALID_FIELD, detail, field, limit, 0);
  }

  /** A body beyond a limit in bytes. */
  public static ProblemException bodyTooLarge(long limitBytes) {
    return new ProblemException(
        ProblemType.BODY_TOO_LARGE,
        "The body has more than " + limitBytes + " bytes.",
        null,
        limitBytes,
        0);
  }

  /** Nothing of that name that this caller may see. */
  public static ProblemException notFound(String what) {
    return of(ProblemType.NOT_FOUND, "There is no such " + what + ".");
  }

  /** A refusal that ends by itself: the caller is asked to come back after some seconds. */
  public static ProblemException retryLater(ProblemType type, int seconds, String detail) {
    return new ProblemException(type, detail, null, null, seconds);
  }

  public ProblemType type() {
    return type;
  }

  /** The field at fault, or null. */
  public @Nullable String field() {
    return field;
  }

  /** The limit that was passed, or null. */
  public @Nullable Long limit() {
    return limit;
  }

  /** Seconds for {@code Retry-After}; 0 when retrying does not help. */
  public int retryAfterSeconds() {
    return retryAfterSeconds;
  }
}
