package io.binnacle.logs.boundary.push;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.logs.control.LogAddress;
import io.binnacle.logs.control.TailFrame;
import io.binnacle.logs.entity.LogLine;
import io.binnacle.logs.entity.LogOwner;
import io.binnacle.logs.entity.OwnerKind;
import io.binnacle.security.entity.ProjectScope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TailMessagesTest {
  private static final LogAddress LOG =
      new LogAddress(ProjectScope.granted(7), new LogOwner(OwnerKind.RUN, 100), "run_id", "r");

  private final Map<Long, String> names = new HashMap<>(Map.of(1L, "main"));
  private int lookUps;

  @Test
  void aFrameIsEncodedOnceForAllItsViewers() {
    TailFrame frame = frame(1, "hello");

    assertSame(messages().of(frame), messages().of(frame));
  }

  @Test
  void aStreamThatBeganAfterTheTailHasItsNameAndIsLookedUpOnce() {
    TailMessages messages = messages();
    names.put(2L, "rank-1");

    String first = messages.of(frame(2, "hello"));
    messages.of(frame(2, "again"));

    assertTrue(first.contains("\"stream_name\":\"rank-1\""), first);
    assertEquals(2, lookUps);
  }

  private TailMessages messages() {
    return new TailMessages(
        LOG,
        () -> {
          lookUps++;
          return Map.copyOf(names);
        });
  }

  private static TailFrame frame(long stream, String message) {
    LogLine line = new LogLine(stream, 1, "INFO", 9, message, 1, "stdout", 0, null, 0, 0);
    return new TailFrame(stream, 1, 1, List.of(line), false);
  }
}
