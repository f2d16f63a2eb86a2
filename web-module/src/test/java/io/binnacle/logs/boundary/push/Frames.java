package io.binnacle.logs.boundary.push;

import io.binnacle.logs.control.tail.TailFrame;
import io.binnacle.logs.entity.LogLine;
import io.binnacle.logs.entity.LogOwner;
import io.binnacle.logs.entity.LogStream;
import io.binnacle.logs.entity.OwnerKind;
import java.util.List;

/** Frames with one line each. */
final class Frames {
  private Frames() {}

  static TailFrame.Lines of(long stream, String name, long line, String message) {
    LogOwner owner = new LogOwner(OwnerKind.RUN, 100);
    return new TailFrame.Lines(
        new LogStream(stream, 7, owner, name, line + 1, 0, 0, false),
        line,
        line,
        List.of(new LogLine(stream, line, "INFO", 9, message, 1, "stdout", 0, null, 0, 0)));
  }
}
