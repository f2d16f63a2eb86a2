package io.binnacle.security.entity;

import io.binnacle.platform.entity.SortOrders;
import java.time.Instant;

/** The orders in which users can be listed. */
public final class UserOrder {
  /** All of them. */
  public static final SortOrders ALL =
      SortOrders.usually("name")
          .by("name", "u.name", String.class)
          .by("role", "u.role", Role.class)
          .by("created_at", "u.createdAt", Instant.class);

  private UserOrder() {}
}
