package io.binnacle.platform.boundary.rest;

import io.binnacle.platform.entity.ProblemException;
import org.jspecify.annotations.Nullable;

/** How many items of a list a caller wants. */
public final class PageLimit {
  private static final int DEFAULT = 100;
  private static final int MAX = 1000;

  private PageLimit() {}

  /**
   * The limit of an ordinary list: 1 to 1,000, and 100 when the caller names none.
   *
   * @throws ProblemException INVALID_FIELD
   */
  public static int of(@Nullable Integer wanted) {
    if (wanted == null) {
      return DEFAULT;
    }
    if (wanted < 1 || wanted > MAX) {
      throw ProblemException.limit("limit", MAX, "The limit is 1 to " + MAX + ".");
    }
    return wanted;
  }
}
