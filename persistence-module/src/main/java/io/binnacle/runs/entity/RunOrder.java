package io.binnacle.runs.entity;

import io.binnacle.platform.entity.ProblemException;
import org.jspecify.annotations.Nullable;

/** The orders in which runs can be listed; a minus turns one round. */
public enum RunOrder {
  NEWEST("-started_at", "startedAt", true),
  OLDEST("started_at", "startedAt", false),
  BY_NAME("name", "name", false),
  BY_NAME_FALLING("-name", "name", true);

  private final String code;
  private final String attribute;
  private final boolean falling;

  RunOrder(String code, String attribute, boolean falling) {
    this.code = code;
    this.attribute = attribute;
    this.falling = falling;
  }

  /**
   * @throws ProblemException when there is no such order
   */
  public static RunOrder of(@Nullable String code) {
    if (code == null || code.isEmpty()) {
      return NEWEST;
    }
    for (RunOrder order : values()) {
      if (order.code.equals(code)) {
        return order;
      }
    }
    throw ProblemException.field("sort", "One of -started_at, started_at, name, -name.");
  }

  /** The attribute of the entity. */
  public String attribute() {
    return attribute;
  }

  public boolean isFalling() {
    return falling;
  }
}
