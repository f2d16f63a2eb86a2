package io.binnacle.platform.boundary.http;

import io.binnacle.platform.control.DatabaseTrouble;
import io.binnacle.platform.control.RequestId;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import jakarta.json.JsonException;
import jakarta.json.bind.JsonbException;
import jakarta.persistence.OptimisticLockException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Path;
import jakarta.ws.rs.WebApplicationException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the refusal behind anything that was thrown, in our own words. */
public final class ProblemTranslation {
  private static final Logger LOG = System.getLogger(ProblemTranslation.class.getName());

  /** How JSON-B's message names the property that it could not fill. */
  private static final Pattern JSON_PROPERTY = Pattern.compile("property '([A-Za-z0-9_]{1,64})'");

  /** How the JAX-RS implementation's message names the parameter that it could not convert. */
  private static final Pattern QUERY_PARAMETER =
      Pattern.compile("QueryParam\\(\"([A-Za-z0-9_.]{1,64})\"\\)");

  private ProblemTranslation() {}

  /** The refusal to answer; what nobody foresaw is logged. */
  public static ProblemException of(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      ProblemException known = known(cause);
      if (known != null) {
        return known;
      }
    }
    ProblemException trouble = DatabaseTrouble.refusal(thrown);
    if (trouble != null) {
      String code = trouble.type().code();
      LOG.log(Level.WARNING, "Request {0}: {1}, {2}", RequestId.current(), code, thrown);
      return trouble;
    }
    if (thrown instanceof WebApplicationException web && web.getResponse().getStatus() < 500) {
      return ofStatus(web);
    }
    LOG.log(Level.ERROR, "Request " + RequestId.current() + " failed", thrown);
    return ProblemException.of(
        ProblemType.INTERNAL_ERROR, "The server's log tells more under this request_id.");
  }

  private static @Nullable ProblemException known(Throwable cause) {
    if (cause instanceof ProblemException problem) {
      return problem;
    }
    if (cause instanceof ConstraintViolationException violated) {
      return violation(violated);
    }
    if (cause instanceof JsonbException || cause instanceof JsonException) {
      return json(cause);
    }
    if (cause instanceof OptimisticLockException) {
      return ProblemException.of(
          ProblemType.CONFLICT, "Somebody else changed it meanwhile. Read it again.");
    }
    return null;
  }

  private static ProblemException violation(ConstraintViolationException violated) {
    return violated.getConstraintViolations().stream()
        .findFirst()
        .map(v -> ProblemException.field(field(v), sentence(v.getMessage())))
        .orElseGet(() -> ProblemException.of(ProblemType.INVALID_FIELD, "A field is not valid."));
  }

  private static String field(ConstraintViolation<?> violation) {
    String last = "";
    for (Path.Node node : violation.getPropertyPath()) {
      last = String.valueOf(node.getName());
    }
    return SnakeCase.of(last);
  }

  private static String sentence(String message) {
    return "This " + message + (message.endsWith(".") ? "" : ".");
  }

  private static ProblemException json(Throwable thrown) {
    String field = null;
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof ProblemException problem) {
        return problem;
      }
      Matcher named = JSON_PROPERTY.matcher(String.valueOf(cause.getMessage()));
      field = named.find() ? named.group(1) : field;
    }
    return field == null
        ? ProblemException.of(ProblemType.MALFORMED_BODY, "The body is not the JSON expected here.")
        : ProblemException.field(field, "The value has the wrong type or form.");
  }

  private static ProblemException ofStatus(WebApplicationException refused) {
    Matcher parameter = QUERY_PARAMETER.matcher(String.valueOf(refused.getMessage()));
    if (parameter.find()) {
      return ProblemException.field(parameter.group(1), "The value has the wrong type or form.");
    }
    return ofStatus(refused.getResponse().getStatus());
  }

  /** The refusal that an HTTP status below 500 stands for. */
  static ProblemException ofStatus(int status) {
    return switch (status) {
      case 401 -> ProblemException.of(ProblemType.UNAUTHENTICATED, "Send an API key.");
      case 403 -> ProblemException.of(ProblemType.FORBIDDEN, "This caller may not do that.");
      case 404 -> ProblemException.of(ProblemType.NOT_FOUND, "There is nothing at this address.");
      case 405 ->
          ProblemException.of(
              ProblemType.METHOD_NOT_ALLOWED, "This address does not take that method.");
      case 406 ->
          ProblemException.of(
              ProblemType.NOT_ACCEPTABLE, "This address answers with application/json.");
      case 413 -> ProblemException.of(ProblemType.BODY_TOO_LARGE, "The body is too large.");
      case 415 ->
          ProblemException.of(
              ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send a body of application/json.");
      default ->
          ProblemException.of(
              ProblemType.MALFORMED_REQUEST, "The address or the headers can't be read.");
    };
  }
}
