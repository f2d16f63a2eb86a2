package io.binnacle.projects.entity;

import io.binnacle.platform.entity.SortOrders;
import java.time.Instant;

/** The orders in which services can be listed. */
public final class ServiceOrder {
  /** All of them. */
  public static final SortOrders ALL =
      SortOrders.usually("name")
          .by("name", "s.name", String.class)
          .by("created_at", "s.createdAt", Instant.class);

  private ServiceOrder() {}
}
