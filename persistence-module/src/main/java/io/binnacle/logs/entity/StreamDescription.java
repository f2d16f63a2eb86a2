package io.binnacle.logs.entity;

import org.jspecify.annotations.Nullable;

/**
 * What a process says of itself.
 *
 * @param labels a JSON object of up to 4 KiB
 */
public record StreamDescription(
    String labels,
    @Nullable String release,
    @Nullable String environment,
    @Nullable String service) {

  /** The labels of a process that says none. */
  public static final String NO_LABELS = "{}";

  /** Of a process that says nothing. */
  public static final StreamDescription NONE = new StreamDescription(NO_LABELS, null, null, null);
}
