package io.binnacle.runs.entity;

import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.SortOrder;
import io.binnacle.platform.entity.SortOrders;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The orders in which runs can be listed. A run that runs has neither end nor duration yet. */
public final class RunOrder {
  /** All of them. */
  public static final SortOrders ALL =
      SortOrders.usually("-started_at")
          .by("started_at", "r.startedAt", Instant.class)
          .by("name", "r.name", String.class)
          .by("status", "r.status", RunStatus.class)
          .byOptional("ended_at", "r.endedAt", Instant.class)
          .byOptional("duration", "SQL('(? - ?)', r.endedAt, r.startedAt)", Long.class);

  /** The run that began last comes first. */
  public static final SortOrder NEWEST = ALL.of(null);

  private RunOrder() {}

  /**
   * The order of a code, or the newest first.
   *
   * @throws ProblemException {@code invalid_field} when there is no such order
   */
  public static SortOrder of(@Nullable String code) {
    return ALL.of(code);
  }
}
