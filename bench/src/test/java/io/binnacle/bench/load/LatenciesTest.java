package io.binnacle.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LatenciesTest {
  @Test
  void percentilesAreRightToTwoPercent() {
    Latencies latencies = new Latencies();
    for (int i = 1; i <= 10_000; i++) {
      latencies.add(i * 10_000L);
    }
    assertEquals(50, latencies.millis(0.5), 1);
    assertEquals(99, latencies.millis(0.99), 2);
    assertEquals(100, latencies.millis(1), 2);
  }

  @Test
  void aNegativeDurationCountsAsNone() {
    Latencies latencies = new Latencies();
    latencies.add(-5);
    assertEquals(1, latencies.count());
    assertEquals(0, latencies.millis(1));
  }
}
