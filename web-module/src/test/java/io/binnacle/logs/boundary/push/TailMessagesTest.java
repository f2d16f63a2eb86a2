package io.binnacle.logs.boundary.push;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.logs.control.LogAddress;
import io.binnacle.logs.control.tail.TailFrame;
import io.binnacle.logs.entity.LogOwner;
import io.binnacle.logs.entity.OwnerKind;
import io.binnacle.security.entity.ProjectScope;
import org.junit.jupiter.api.Test;

class TailMessagesTest {
  private static final LogAddress LOG =
      new LogAddress(ProjectScope.granted(7), new LogOwner(OwnerKind.RUN, 100), "run_id", "r");

  private final TailMessages messages = new TailMessages(LOG);

  @Test
  void aFrameIsEncodedOnceForAllItsViewers() {
    TailFrame.Lines frame = frame("rank-1", "hello");

    assertSame(messages.of(frame), new TailMessages(LOG).of(frame));
  }

  @Test
  void linesCarryTheNameOfTheirStream() {
    assertTrue(messages.of(frame("rank-1", "hello")).contains("\"stream_name\":\"rank-1\""));
  }

  @Test
  void aRangeThatWasSkippedIsCounted() {
    assertEquals(
        "{\"type\":\"skipped\",\"stream\":\"2\",\"from_line\":5,\"to_line\":9,\"count\":5,"
            + "\"cursor\":\"2:9\"}",
        TailMessages.skipped(new TailFrame.Skipped(2, 5, 9)));
  }

  private static TailFrame.Lines frame(String stream, String message) {
    return Frames.of(2, stream, 1, message);
  }
}
