package io.binnacle.metrics.control;

import io.binnacle.metrics.store.MetricNames;
import io.binnacle.metrics.store.MetricSamples;
import io.binnacle.platform.control.RetryConflicts;
import io.binnacle.platform.entity.Times;
import io.binnacle.platform.store.Durability;
import io.binnacle.platform.store.Ids;
import io.binnacle.platform.store.Refusals;
import io.binnacle.runs.control.RunLock;
import io.binnacle.runs.control.RunRef;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The transactions that store metrics. */
@ApplicationScoped
public class MetricCommit {
  @Inject RunLock lock;
  @Inject MetricNames names;
  @Inject MetricSamples samples;
  @Inject MetricSums sums;
  @Inject Refusals refusals;
  @Inject Durability durability;
  @Inject Ids ids;
  @Inject Clock clock;

  /**
   * Stores the good points of a batch under the lock of its run, which two senders of one run wait
   * for: they never make a name twice, and a deletion comes before or after, not between.
   */
  @RetryConflicts
  @Transactional
  public MetricAck store(RunRef run, MetricBatch batch) {
    lock.hold(run.key());
    Map<String, Long> known = names.find(run.scope(), run.key(), namesOf(batch));
    Map<String, Long> created = new LinkedHashMap<>();
    MetricBatch stored = batch.without(beyondNames(run, batch, known, created));
    names.add(run.scope(), run.key(), created);
    known.putAll(created);
    List<MetricSamples.Row> rows = rows(stored, known);
    samples.put(run.scope(), run.key(), rows);
    sums.written(run, rows);
    long now = Times.nanos(clock.instant());
    stored
        .refusals()
        .forEach(
            (reason, count) ->
                refusals.add(run.scope().projectId(), "metrics", reason, count, now));
    return stored.ack();
  }

  /** Forces what was committed to the disk. */
  @Transactional
  public void force() {
    durability.force();
  }

  private static Set<String> namesOf(MetricBatch batch) {
    Set<String> names = new LinkedHashSet<>();
    batch.points().forEach(placed -> names.addAll(placed.point().values().keySet()));
    return names;
  }

  /** Gives ids to new names as long as the run may have more; returns the points that get none. */
  private List<RefusedPoint> beyondNames(
      RunRef run, MetricBatch batch, Map<String, Long> known, Map<String, Long> created) {
    if (namesOf(batch).size() == known.size()) {
      return List.of();
    }
    int room = MetricLimits.NAMES - names.count(run.scope(), run.key());
    List<RefusedPoint> refused = new ArrayList<>();
    for (MetricBatch.Placed placed : batch.points()) {
      List<String> missing =
          placed.point().values().keySet().stream()
              .filter(name -> !known.containsKey(name) && !created.containsKey(name))
              .toList();
      if (created.size() + missing.size() > room) {
        refused.add(
            new RefusedPoint(
                placed.index(),
                "too_many_names",
                "A run has at most " + MetricLimits.NAMES + " metrics."));
      } else {
        missing.forEach(name -> created.put(name, ids.next()));
      }
    }
    return refused;
  }

  /** One row for a name and step, the last one given, in the order of the primary key. */
  private static List<MetricSamples.Row> rows(MetricBatch batch, Map<String, Long> nameIds) {
    record Key(long nameId, long step) {}
    Map<Key, MetricSamples.Row> rows = new LinkedHashMap<>();
    for (MetricBatch.Placed placed : batch.points()) {
      long step = placed.point().step();
      placed
          .point()
          .values()
          .forEach(
              (name, value) -> {
                long id = Objects.requireNonNull(nameIds.get(name), "every name has an id by now");
                rows.put(
                    new Key(id, step),
                    new MetricSamples.Row(id, step, value, placed.point().time()));
              });
    }
    return rows.values().stream()
        .sorted(
            Comparator.comparingLong(MetricSamples.Row::nameId)
                .thenComparingLong(MetricSamples.Row::step))
        .toList();
  }
}
