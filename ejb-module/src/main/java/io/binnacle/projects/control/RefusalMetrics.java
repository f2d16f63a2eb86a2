package io.binnacle.projects.control;

import io.binnacle.platform.entity.Refusal;
import io.binnacle.platform.store.Refusals;
import io.binnacle.projects.entity.Project;
import io.binnacle.projects.store.Projects;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/**
 * Shows the ledger in {@code /metrics}. The counters are those of the database: all servers show
 * the same figures, and a restart does not begin anew.
 */
@ApplicationScoped
public class RefusalMetrics {
  /** The name in {@code /metrics}, where {@code _total} follows. */
  static final String NAME = "binnacle_refusals";

  /** Series that one round looks at; what counted last comes first. */
  private static final int SERIES = 1_000;

  private static final Metadata METADATA =
      Metadata.builder()
          .withName(NAME)
          .withDescription("What was refused, truncated, dropped or skipped")
          .build();

  @Inject Refusals refusals;
  @Inject Projects projects;
  @Inject MetricRegistry registry;

  /** Takes over the counters of the ledger. */
  @Transactional
  public void refresh() {
    Map<Long, Optional<String>> slugs = new HashMap<>();
    for (Refusals.OfProject one : refusals.newest(Optional.empty(), SERIES)) {
      slugs
          .computeIfAbsent(one.projectId(), id -> projects.find(id).map(Project::slug))
          .ifPresent(slug -> show(slug, one.refusal()));
    }
  }

  private void show(String slug, Refusal refusal) {
    Counter counter =
        registry.counter(
            METADATA,
            new Tag("project", slug),
            new Tag("kind", refusal.kind()),
            new Tag("reason", refusal.reason()));
    counter.inc(Math.max(0, refusal.total() - counter.getCount()));
  }
}
