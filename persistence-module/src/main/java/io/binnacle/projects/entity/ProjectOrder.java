package io.binnacle.projects.entity;

import io.binnacle.platform.entity.SortOrders;
import java.time.Instant;

/** The orders in which projects can be listed. */
public final class ProjectOrder {
  /** All of them. */
  public static final SortOrders ALL =
      SortOrders.usually("slug")
          .by("slug", "p.slug", String.class)
          .by("name", "p.name", String.class)
          .by("created_at", "p.createdAt", Instant.class);

  private ProjectOrder() {}
}
