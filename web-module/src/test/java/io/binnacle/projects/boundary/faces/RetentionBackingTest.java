package io.binnacle.projects.boundary.faces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.binnacle.platform.entity.ProblemException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
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
  void aPartOfADayIsRefused() {
    assertRefused(() -> RetentionBacking.days("days", "1.5"));
  }

  private static void assertRefused(Runnable reading) {
    assertTimeoutPreemptively(
        Duration.ofSeconds(10), () -> assertThrows(ProblemException.class, reading::run));
  }
}
