package io.binnacle.security.boundary.faces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.binnacle.platform.entity.ProblemException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditBackingTest {
  @Test
  void daysAreOfUtcAndTheLastOneCounts() {
    assertEquals(
        Instant.parse("2026-11-21T00:00:00Z"), AuditBacking.beginOfDay("since", "2026-11-21", 0));
    assertEquals(
        Instant.parse("2026-11-22T00:00:00Z"), AuditBacking.beginOfDay("until", "2026-11-21", 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"today", "2026-02-30", "+999999999-12-31", "9999-12-31", "2262-04-11"})
  void whatIsNoDayIsRefused(String day) {
    ProblemException refusal =
        assertThrows(ProblemException.class, () -> AuditBacking.beginOfDay("until", day, 1));
    assertEquals("until", refusal.field());
  }
}
