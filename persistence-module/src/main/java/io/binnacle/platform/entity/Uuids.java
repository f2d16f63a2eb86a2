package io.binnacle.platform.entity;

import java.util.UUID;

/** UUIDs as texts. */
public final class Uuids {
  private Uuids() {}

  /**
   * A UUID in its full form; Java alone would take {@code 1-1-1-1-1} for one, too.
   *
   * @throws ProblemException naming the field when the text is none
   */
  public static UUID parse(String field, String text) {
    try {
      UUID id = UUID.fromString(text);
      if (id.toString().equalsIgnoreCase(text)) {
        return id;
      }
    } catch (IllegalArgumentException e) {
      throw none(field);
    }
    throw none(field);
  }

  private static ProblemException none(String field) {
    return ProblemException.field(field, "Expected a UUID.");
  }
}
