package io.binnacle.logs.boundary.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.binnacle.logs.entity.LogFilter;
import io.binnacle.platform.entity.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogParametersTest {
  @Test
  void levelsAndSourcesMayRepeatOrStandBetweenCommas() {
    LogFilter filter =
        filter(Map.of("level", List.of("warn, error", "audit"), "source", List.of("a,b", "c")));

    assertEquals(Set.of("WARNING", "ERROR", "AUDIT"), filter.levels());
    assertEquals(Set.of("a", "b", "c"), filter.sources());
  }

  @Test
  void aCommaOfTheNameFollowsABackslash() {
    LogFilter filter =
        filter(Map.of("level", List.of("a\\,b,c"), "source", List.of("x\\,y", "C:\\z", "\\")));

    assertEquals(Set.of("A,B", "C"), filter.levels());
    assertEquals(Set.of("x,y", "C:\\z", "\\"), filter.sources());
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "17, 17", "24, 24", "warn, 13", "Critical, 21", "trace, 1"})
  void theLeastLevelIsANumberOrTheNameOfALevel(String text, int severity) {
    assertEquals(severity, filter(Map.of("min_level", List.of(text))).minSeverity());
  }

  @ParameterizedTest
  @ValueSource(strings = {"foo", "0", "25", "-1", "17.0", "audit", "١"})
  void anotherLeastLevelIsRefused(String text) {
    ProblemException refusal =
        assertThrows(ProblemException.class, () -> filter(Map.of("min_level", List.of(text))));

    assertEquals("min_level", refusal.field());
  }

  private static LogFilter filter(Map<String, List<String>> parameters) {
    return new LogParameters(parameters).filter();
  }
}
