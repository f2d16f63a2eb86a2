package io.binnacle.platform.boundary.rest;

import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import org.jspecify.annotations.Nullable;

/** The JSON body of a request. */
public final class Body {
  private Body() {}

  /**
   * The body, which JAX-RS leaves null when it is empty or says {@code null}.
   *
   * @throws ProblemException MALFORMED_BODY when there is none
   */
  public static <T> T required(@Nullable T body) {
    if (body == null) {
      throw ProblemException.of(ProblemType.MALFORMED_BODY, "Send a JSON object.");
    }
    return body;
  }
}
