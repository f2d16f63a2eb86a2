package io.binnacle.platform.boundary.rest;

import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import org.jspecify.annotations.Nullable;

/** Versions as entity tags: who changes something must have seen what it is now. */
public final class VersionTag {
  private VersionTag() {}

  /** The value of {@code ETag}. */
  public static String of(long version) {
    return "\"" + version + "\"";
  }

  /**
   * The version in {@code If-Match}.
   *
   * @throws ProblemException {@code precondition_required} without the header, {@code
   *     precondition_failed} for one that was never made here
   */
  public static long required(@Nullable String ifMatch) {
    if (ifMatch == null) {
      throw ProblemException.of(
          ProblemType.PRECONDITION_REQUIRED, "Send the ETag that you read as If-Match.");
    }
    try {
      return Long.parseLong(ifMatch.strip().replace("\"", ""));
    } catch (NumberFormatException e) {
      throw ProblemException.of(
          ProblemType.PRECONDITION_FAILED, "If-Match is no ETag of this address.");
    }
  }
}
