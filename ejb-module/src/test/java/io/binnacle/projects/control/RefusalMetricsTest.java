package io.binnacle.projects.control;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.binnacle.platform.store.Refusals;
import io.binnacle.projects.entity.Project;
import io.binnacle.projects.store.Projects;
import io.binnacle.testing.H2Database;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricID;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RefusalMetricsTest {
  private final H2Database database = H2Database.create();
  private final ProjectsForTests projects = new ProjectsForTests(database);
  private final Refusals refusals = new Refusals(database.dataSource());
  private final Map<String, CountUp> series = new TreeMap<>();
  private final RefusalMetrics metrics =
      new RefusalMetrics(refusals, new Projects(database.entities()), registry());

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void theCountersAreThoseOfTheLedger() {
    projects.add(1, "vision");
    refuse(1, 5);
    assertShown("{vision=5}");
    refuse(1, 2);
    assertShown("{vision=7}");
  }

  @Test
  void aProjectThatIsMadeAgainBeginsAnew() {
    projects.add(1, "vision");
    refuse(1, 500);
    assertShown("{vision=500}");
    database.run(
        () -> {
          Project old = new Projects(database.entities()).find(1).orElseThrow();
          old.delete(Instant.EPOCH);
          old.purged(Instant.EPOCH);
        });
    assertShown("{}");
    projects.add(2, "vision");
    refuse(2, 3);
    assertShown("{vision=3}");
  }

  private void refuse(long project, long count) {
    database.run(() -> refusals.add(project, "logs", "truncated", count, project));
  }

  private void assertShown(String expected) {
    database.run(metrics::refresh);
    assertEquals(expected, series.toString());
  }

  /** As much of a registry as the counters of projects need. */
  private MetricRegistry registry() {
    return (MetricRegistry)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {MetricRegistry.class},
            (proxy, method, arguments) -> answer(method, arguments));
  }

  private Object answer(Method method, Object[] arguments) {
    if (method.getName().equals("counter") && arguments[0] instanceof Metadata) {
      String project = Arrays.stream((Tag[]) arguments[1]).findFirst().get().getTagValue();
      return series.computeIfAbsent(project, name -> new CountUp());
    }
    if (method.getName().equals("remove") && arguments[0] instanceof MetricID id) {
      return series.remove(id.getTags().get("project")) != null;
    }
    throw new UnsupportedOperationException(method.toString());
  }

  private static final class CountUp implements Counter {
    private final AtomicLong count = new AtomicLong();

    @Override
    public void inc() {
      count.incrementAndGet();
    }

    @Override
    public void inc(long more) {
      count.addAndGet(more);
    }

    @Override
    public long getCount() {
      return count.get();
    }

    @Override
    public String toString() {
      return count.toString();
    }
  }
}
