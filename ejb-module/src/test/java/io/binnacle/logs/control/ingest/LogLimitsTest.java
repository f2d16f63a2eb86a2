package io.binnacle.logs.control.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.platform.control.log.StartFailure;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogLimitsTest {
  /** Held, so that its level is not forgotten: these tests know what is wrong. */
  private static final Logger LOG = Logger.getLogger(StartFailure.class.getName());

  @BeforeEach
  void silence() {
    LOG.setLevel(Level.OFF);
  }

  @Test
  void whatWorksIsTaken() {
    assertEquals(new LogLimits(1, 1, 1, LogLimits.FIELDS_BYTES), LogLimits.ofOperator(1, 1, 1));
    assertEquals(524_288, LogLimits.ofOperator(5_000, 1 << 20, 512 << 10).messageBytes());
  }

  @ParameterizedTest
  @CsvSource({
    "5000, 8388608, -1, binnacle.logs.message.max-bytes is -1. Set a number from 1 to 524288.",
    "5000, 8388608, 2000000, binnacle.logs.message.max-bytes",
    "0, 8388608, 65536, binnacle.logs.batch.max-lines",
    "5000, 65535, 65536, binnacle.logs.batch.max-bytes is 65535. Set a number from 65536",
    "5000, 2147483647, 65536, binnacle.logs.batch.max-bytes",
  })
  void whatCouldStoreNothingStopsTheStart(int lines, int body, int message, String why) {
    IllegalStateException refused =
        assertThrows(IllegalStateException.class, () -> LogLimits.ofOperator(lines, body, message));

    assertTrue(refused.getMessage().startsWith(why), refused.getMessage());
  }
}
