package io.binnacle.security.entity;

import io.binnacle.platform.entity.SortOrders;
import java.time.Instant;

/** The orders in which API keys can be listed. */
public final class KeyOrder {
  /** All of them; ids grow with time and have an index. */
  public static final SortOrders ALL =
      SortOrders.usually("-created_at")
          .by("created_at", "k.id", Long.class)
          .by("name", "k.name", String.class)
          .byOptional("last_used_at", "k.lastUsedAt", Instant.class)
          .byOptional("expires_at", "k.expiresAt", Instant.class);

  private KeyOrder() {}
}
