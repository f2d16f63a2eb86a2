package io.binnacle.logs.boundary.push;

import io.binnacle.logs.control.LineJson;
import io.binnacle.logs.control.LogAddress;
import io.binnacle.logs.control.tail.TailFrame;
import io.binnacle.logs.control.tail.TailStart;
import io.binnacle.platform.entity.ProblemException;
import jakarta.json.Json;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** What the server says on a tail. A frame that goes to many viewers is encoded once. */
final class TailMessages {
  private final LogAddress log;

  TailMessages(LogAddress log) {
    this.log = log;
  }

  String history(TailStart start) {
    Map<Long, Long> last = new HashMap<>();
    start.positions().forEach((stream, next) -> last.put(stream, next - 1));
    return "{\"type\":\"history\",\"items\":"
        + new LineJson(log, start.names()).array(start.history())
        + ",\"cursor\":\""
        + TailCursor.of(last)
        + "\"}";
  }

  String of(TailFrame.Lines frame) {
    return frame.text(this::encode);
  }

  private String encode(TailFrame.Lines frame) {
    return "{\"type\":\"logs\",\"items\":"
        + new LineJson(log, Map.of(frame.stream(), frame.streamName())).array(frame.items())
        + ",\"cursor\":\""
        + frame.stream()
        + ":"
        + frame.toLine()
        + "\"}";
  }

  static String skipped(TailFrame.Skipped frame) {
    return skipped(frame, "");
  }

  /** Lines that can't be fetched any more. */
  static String gone(TailFrame.Skipped frame) {
    return skipped(frame, ",\"gone\":true");
  }

  private static String skipped(TailFrame.Skipped frame, String more) {
    return "{\"type\":\"skipped\",\"stream\":\""
        + frame.stream()
        + "\",\"from_line\":"
        + frame.fromLine()
        + ",\"to_line\":"
        + frame.toLine()
        + ",\"count\":"
        + (frame.toLine() - frame.fromLine() + 1)
        + more
        + ",\"cursor\":\""
        + frame.stream()
        + ":"
        + frame.toLine()
        + "\"}";
  }

  static String ping(Clock clock) {
    return "{\"type\":\"ping\",\"time\":\"" + clock.instant() + "\"}";
  }

  /**
   * Lines were deleted.
   *
   * @param through the last of them by stream
   */
  static String deleted(Map<Long, Long> through) {
    return "{\"type\":\"deleted\",\"through\":\"" + TailCursor.of(through) + "\"}";
  }

  static String status(String status) {
    return "{\"type\":\"status\",\"status\":\"" + status + "\"}";
  }

  static String error(ProblemException refusal) {
    return Json.createObjectBuilder()
        .add("type", "error")
        .add("code", refusal.type().code())
        .add("detail", String.valueOf(refusal.getMessage()))
        .build()
        .toString();
  }
}
