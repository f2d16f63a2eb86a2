package io.binnacle.platform.boundary.rest;

import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import jakarta.ws.rs.WebApplicationException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Finds the refusal behind anything that was thrown, in our own words. */
final class ProblemTranslation {
  private static final Logger LOG = System.getLogger(ProblemTranslation.class.getName());

  private ProblemTranslation() {}

  /** The refusal to answer; what nobody foresaw is logged. */
  static ProblemException of(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof ProblemException problem) {
        return problem;
      }
    }
    if (thrown instanceof WebApplicationException web && web.getResponse().getStatus() < 500) {
      return ofStatus(web.getResponse().getStatus());
    }
    LOG.log(Level.ERROR, "A request failed", thrown);
    return ProblemException.of(
        ProblemType.INTERNAL_ERROR, "The server's log tells more under this request_id.");
  }

  private static ProblemException ofStatus(int status) {
    return switch (status) {
      case 401 -> ProblemException.of(ProblemType.UNAUTHENTICATED, "Send an API key.");
      case 403 -> ProblemException.of(ProblemType.FORBIDDEN, "This caller may not do that.");
      case 404 -> ProblemException.of(ProblemType.NOT_FOUND, "There is nothing at this address.");
      case 405 -> ProblemException.of(
          ProblemType.METHOD_NOT_ALLOWED, "This address does not take that method.");
      case 406 -> ProblemException.of(
          ProblemType.NOT_ACCEPTABLE, "This address answers with application/json.");
      case 413 -> ProblemException.of(ProblemType.BODY_TOO_LARGE, "The body is too large.");
      case 415 -> ProblemException.of(
          ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send a body of application/json.");
      default -> ProblemException.of(ProblemType.MALFORMED_BODY, "The request can't be read.");
    };
  }
}
