package io.binnacle.projects.control;

import io.binnacle.platform.entity.Refusal;
import io.binnacle.platform.store.Refusals;
import io.binnacle.projects.entity.Project;
import io.binnacle.projects.store.Projects;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricID;
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

  /** The series of each project that is shown: a new project may get the slug of a deleted one. */
  private final Map<Long, Set<MetricID>> shown = new HashMap<>();

  @Inject Refusals refusals;
  @Inject Projects projects;
  @Inject MetricRegistry registry;

  /** For the container. */
  @SuppressWarnings("NullAway.Init")
  public RefusalMetrics() {}

  RefusalMetrics(Refusals refusals, Projects projects, MetricRegistry registry) {
    this.refusals = refusals;
    this.projects = projects;
    this.registry = registry;
  }

  /** Takes over the counters of the ledger, and takes those of deleted projects away. */
  @Transactional
  public synchronized void refresh() {
    shown.entrySet().removeIf(series -> isGone(series.getKey()) && remove(series.getValue()));
    Map<Long, Optional<String>> slugs = new HashMap<>();
    for (Refusals.OfProject one : refusals.newest(Optional.empty(), SERIES)) {
      slugs
          .computeIfAbsent(one.projectId(), this::slug)
          .ifPresent(slug -> show(one.projectId(), slug, one.refusal()));
    }
  }

  private Optional<String> slug(long projectId) {
    return projects.find(projectId).filter(found -> !found.isDeleted()).map(Project::slug);
  }

  private boolean isGone(long projectId) {
    return slug(projectId).isEmpty();
  }

  private boolean remove(Set<MetricID> series) {
    series.forEach(registry::remove);
    return true;
  }

  private void show(long projectId, String slug, Refusal refusal) {
    Tag[] tags = {
      new Tag("project", slug), new Tag("kind", refusal.kind()), new Tag("reason", refusal.reason())
    };
    shown.computeIfAbsent(projectId, id -> new HashSet<>()).add(new MetricID(NAME, tags));
    Counter counter = registry.counter(METADATA, tags);
    counter.inc(Math.max(0, refusal.total() - counter.getCount()));
  }
}
