package io.binnacle.platform.entity;

import java.util.Optional;
import java.util.UUID;

/** UUIDs as texts. */
public final class Uuids {
  private Uuids() {}

  /** A UUID in its full form; Java alone would take {@code 1-1-1-1-1} for one, too. */
  public static Optional<UUID> read(String text) {
    try {
      return Optional.of(UUID.fromString(text)).filter(id -> id.toString().equalsIgnoreCase(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * A UUID in its full form.
   *
   * @throws ProblemException naming the field when the text is none
   */
  public static UUID parse(String field, String text) {
    return read(text).orElseThrow(() -> ProblemException.field(field, "Expected a UUID."));
  }
}
