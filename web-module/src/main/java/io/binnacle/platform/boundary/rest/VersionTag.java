package io.binnacle.platform.boundary.rest;

import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import io.binnacle.platform.entity.SeenVersions;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Versions as entity tags: who changes something must have seen what it is now. */
public final class VersionTag {
  /** Weak tags name none: a change wants the strong comparison (RFC 9110, 13.1.1). */
  private static final Pattern TAG = Pattern.compile("\"?([0-9]{1,18})\"?");

  private VersionTag() {}

  /** The value of {@code ETag}. */
  public static String of(long version) {
    return "\"" + version + "\"";
  }

  /**
   * The versions in {@code If-Match}: one, several between commas, or {@code *} for any.
   *
   * @throws ProblemException {@code precondition_required} without the header, {@code
   *     precondition_failed} when nothing in it was ever made here
   */
  public static SeenVersions required(@Nullable String ifMatch) {
    if (ifMatch == null) {
      throw ProblemException.of(
          ProblemType.PRECONDITION_REQUIRED, "Send the ETag that you read as If-Match.");
    }
    if (ifMatch.strip().equals("*")) {
      return SeenVersions.ANY;
    }
    Set<Long> versions =
        Arrays.stream(ifMatch.split(","))
            .map(tag -> TAG.matcher(tag.strip()))
            .filter(Matcher::matches)
            .map(tag -> Long.valueOf(tag.group(1)))
            .collect(Collectors.toSet());
    if (versions.isEmpty()) {
      throw ProblemException.of(
          ProblemType.PRECONDITION_FAILED, "If-Match is no ETag of this address.");
    }
    return new SeenVersions(false, versions);
  }
}
