package io.binnacle.logs.boundary.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.binnacle.logs.entity.LogFilter;
import io.binnacle.platform.entity.ProblemException;
import java.util.HashMap;
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

  @ParameterizedTest
  @ValueSource(strings = {"levels", "Level", "field.", "from", "type", "format", "before"})
  void aNameThatNobodyAskedForIsRefused(String name) {
    LogParameters parameters = new LogParameters(Map.of(name, List.of("x")));
    parameters.page();

    ProblemException refusal = assertThrows(ProblemException.class, parameters::refuseOthers);

    assertEquals(name, refusal.field());
  }

  @Test
  void aPageTakesWhatChoosesLines() {
    Map<String, List<String>> all = new HashMap<>();
    for (String name :
        List.of("level", "source", "search", "field.a", "stream", "limit", "cursor", "")) {
      all.put(name, List.of("1"));
    }
    LogParameters parameters = new LogParameters(all);
    parameters.page();

    parameters.refuseOthers();
  }

  @Test
  void aTailTakesFiltersAndWhatItsCallerReads() {
    LogParameters parameters =
        new LogParameters(Map.of("level", List.of("INFO"), "type", List.of("filter")));

    assertEquals(Set.of("INFO"), parameters.tail("type").filter().levels());
    assertThrows(
        ProblemException.class, () -> new LogParameters(Map.of("type", List.of("x"))).tail("from"));
    assertThrows(
        ProblemException.class,
        () -> new LogParameters(Map.of("limit", List.of("1"))).tail("from"));
  }

  @Test
  void aFileIsNotAPage() {
    LogParameters parameters = new LogParameters(Map.of("limit", List.of("1")));
    parameters.whole();

    assertThrows(ProblemException.class, parameters::refuseOthers);
  }

  private static LogFilter filter(Map<String, List<String>> parameters) {
    return new LogParameters(parameters).filter();
  }
}
