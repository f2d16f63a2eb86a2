package io.binnacle.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {
  @Test
  void withoutArgumentsEverythingRunsOnTheEmbeddedDatabase() {
    Options options = Options.parse();
    assertFalse(options.mysql());
    assertEquals(1_000_000, options.size(1_000_000));
    assertTrue(options.only().isEmpty());
  }

  @Test
  void benchmarksAreChosenByName() {
    Options options = Options.parse("mysql", "--quick", "--only", "burst,search");
    assertTrue(options.mysql());
    assertEquals(List.of("burst", "search"), options.only());
  }

  @Test
  void whatIsNotUnderstoodIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Options.parse("--fast"));
    assertThrows(IllegalArgumentException.class, () -> Options.parse("--only", "everything"));
    assertThrows(IllegalArgumentException.class, () -> Options.parse("--only"));
  }
}
