package io.binnacle.security.boundary.rest;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Gauge;
import org.eclipse.microprofile.metrics.Histogram;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.Metric;
import org.eclipse.microprofile.metrics.MetricID;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.MetricUnits;
import org.eclipse.microprofile.metrics.Timer;

/** Metrics in the text format of Prometheus, version 0.0.4. */
final class MetricsText {
  private static final double NANOS_A_SECOND = TimeUnit.SECONDS.toNanos(1);

  private final StringBuilder out = new StringBuilder();

  /** Adds the metrics of a registry under the name of its scope. */
  MetricsText with(String scope, MetricRegistry registry) {
    Map<MetricID, Metric> sorted = new TreeMap<>(registry.getMetrics());
    String before = "";
    for (Map.Entry<MetricID, Metric> one : sorted.entrySet()) {
      MetricID id = one.getKey();
      Metadata metadata = registry.getMetadata(id.getName());
      String name = name(metadata);
      if (!id.getName().equals(before)) {
        head(name, metadata, one.getValue());
        before = id.getName();
      }
      samples(name, labels(scope, id), one.getValue());
    }
    return this;
  }

  private void head(String name, Metadata metadata, Metric metric) {
    String help = metadata.description().orElse("").replace("\\", "\\\\").replace("\n", "\\n");
    String type =
        metric instanceof Counter ? "counter" : metric instanceof Gauge ? "gauge" : "summary";
    String shown = metric instanceof Counter ? name + "_total" : name;
    out.append("# HELP ").append(shown).append(' ').append(help).append('\n');
    out.append("# TYPE ").append(shown).append(' ').append(type).append('\n');
  }

  private void samples(String name, String labels, Metric metric) {
    if (metric instanceof Counter counter) {
      sample(name + "_total", labels, counter.getCount());
    } else if (metric instanceof Gauge<?> gauge) {
      sample(name, labels, gauge.getValue().doubleValue());
    } else if (metric instanceof Timer timer) {
      sample(name + "_count", labels, timer.getCount());
      sample(name + "_sum", labels, timer.getElapsedTime().toNanos() / NANOS_A_SECOND);
    } else if (metric instanceof Histogram histogram) {
      sample(name + "_count", labels, histogram.getCount());
      sample(name + "_sum", labels, histogram.getSum());
    }
  }

  private void sample(String name, String labels, double value) {
    out.append(name).append('{').append(labels).append("} ").append(value).append('\n');
  }

  private static String name(Metadata metadata) {
    String unit = metadata.unit().orElse(MetricUnits.NONE);
    boolean bare = unit.equals(MetricUnits.NONE) || metadata.getName().endsWith(unit);
    String name = bare ? metadata.getName() : metadata.getName() + "_" + unit;
    return name.replaceAll("[^A-Za-z0-9_:]", "_");
  }

  private static String labels(String scope, MetricID id) {
    StringBuilder labels = new StringBuilder("mp_scope=\"").append(scope).append('"');
    id.getTags()
        .forEach(
            (name, value) ->
                labels
                    .append(',')
                    .append(name.replaceAll("[^A-Za-z0-9_]", "_"))
                    .append("=\"")
                    .append(value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"))
                    .append('"'));
    return labels.toString();
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
