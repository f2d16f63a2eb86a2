package io.binnacle.logs.control.tail;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.binnacle.logs.entity.LineBuffer;
import io.binnacle.logs.entity.LogLine;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TailAllowanceTest {
  /** Nanosecond clocks may overflow. */
  private static final long NOW = Long.MAX_VALUE - 5;

  private final TailAllowance allowance = new TailAllowance(NOW);

  @Test
  void theLinesOfASecondMayComeAtOnceAndThenTwoThousandASecond() {
    assertEquals(
        List.of(2_000, 0, 100, 2_000, 2_000),
        List.of(
            taken(0, 1, 10),
            taken(0, 1, 10),
            taken(50, 1, 10),
            taken(1_050, 1, 10),
            taken(9_999, 1, 10)));
  }

  @Test
  void whatWasNotTakenIsThereInTheNextRound() {
    allowance.begin(NOW, 1);
    allowance.take(line(10));
    allowance.begin(NOW, 1);

    assertEquals(1_999, allowance.lines());
  }

  @Test
  void oneViewerGetsHalfAMegabyteInARoundAndAThousandGetTheirShare() {
    assertEquals(List.of(524, 25), List.of(taken(0, 1, 850), taken(2_000, 1_000, 850)));
  }

  @Test
  void aLineThatIsLongerThanARoundComesAlone() {
    assertEquals(1, taken(0, 1_000, 64 << 10));
  }

  @Test
  void theFieldsOfALineCountAsItsMessageDoes() {
    assertEquals(32, taken(0, 1, line(50, "x".repeat(16_000))));
  }

  private int taken(long afterMillis, int viewers, int messageLength) {
    return taken(afterMillis, viewers, line(messageLength));
  }

  private int taken(long afterMillis, int viewers, LogLine line) {
    allowance.begin(NOW + TimeUnit.MILLISECONDS.toNanos(afterMillis), viewers);
    int taken = 0;
    while (allowance.take(line)) {
      taken++;
    }
    return taken;
  }

  private static LogLine line(int messageLength) {
    return line(messageLength, null);
  }

  private static LogLine line(int messageLength, @Nullable String fieldsJson) {
    return new LogLine(
        1,
        1,
        "INFO",
        9,
        "x".repeat(messageLength),
        0,
        "sdk",
        LineBuffer.NO_CLIENT_LINE,
        fieldsJson,
        0,
        0);
  }
}
