package io.binnacle.projects.boundary.faces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.platform.entity.ProblemException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetentionBackingTest {
  @Test
  void anEmptyFieldSetsNoLimit() {
    assertNull(RetentionBacking.days("days", " "));
    assertNull(RetentionBacking.bytes("size", "", 5L));
  }

  @ParameterizedTest
  @CsvSource({"1,1048576", " 0.5 ,524288", "1e3,1048576000", "0.000001,1"})
  void sizesAreMebibytes(String typed, long bytes) {
    assertEquals(bytes, RetentionBacking.bytes("size", typed, null));
  }

  @ParameterizedTest
  @CsvSource({"953.674,1000000000", "0,524", "' 1 ',1048576"})
  void aSizeThatIsStillWhatThePageShowedIsNotRounded(String typed, long stored) {
    assertEquals(stored, RetentionBacking.bytes("size", typed, stored));
  }

  @ParameterizedTest
  @CsvSource({"30,30", "1e2,100", "7.0,7"})
  void daysAreWhole(String typed, int days) {
    assertEquals(days, RetentionBacking.days("days", typed));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "many", "1e10", "0.0000001", "1e100000000", "1e-100000000"})
  void whatIsNoNumberOfDaysIsRefusedAtOnce(String typed) {
    assertRefused(() -> RetentionBacking.days("days", typed));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "many", "1e19", "0.0000001", "1e100000000", "1e-100000000"})
  void whatIsNoSizeIsRefusedAtOnce(String typed) {
    assertRefused(() -> RetentionBacking.bytes("size", typed, null));
  }

  @Test
  void aRefusalNamesTheRange() {
    assertSays("from 1 to 2147483647", () -> RetentionBacking.days("days", "99999999999999"));
    assertSays("from 0.000001 to 8796093022207", () -> RetentionBacking.bytes("size", "0", null));
    assertEquals(8_796_093_022_207L << 20, RetentionBacking.bytes("size", "8796093022207", null));
  }

  @Test
  void whatGoesIsSaidLimitByLimit() {
    assertEquals("Logs are kept for ever.", RetentionBacking.effect("", "", ""));
    assertEquals(
        "Lines older than 30 days go with the next round of retention, by default within a minute.",
        RetentionBacking.effect("30", "", ""));
    assertEquals(
        "Lines older than a day or beyond 1.5 MiB of all logs together or beyond 2 MiB of one"
            + " stream go with the next round of retention, by default within a minute.",
        RetentionBacking.effect("1", "1.5", "2"));
  }

  @Test
  void aPartOfADayIsRefused() {
    assertRefused(() -> RetentionBacking.days("days", "1.5"));
  }

  private static void assertSays(String words, Executable reading) {
    String said = assertThrows(ProblemException.class, reading).getMessage();
    assertTrue(String.valueOf(said).contains(words), said);
  }

  private static void assertRefused(Runnable reading) {
    assertTimeoutPreemptively(
        Duration.ofSeconds(10), () -> assertThrows(ProblemException.class, reading::run));
  }
}
