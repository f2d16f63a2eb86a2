package io.binnacle.bench.data;

import java.nio.ByteBuffer;

/**
 * A batch without its envelope, rendered once and sent as often as wanted.
 *
 * @param logs the JSON text {@code "logs":[…]}}, which ends the body; read only through duplicates
 * @param lines how many lines it holds
 * @param textBytes UTF-8 bytes of the messages and fields
 */
public record Batch(ByteBuffer logs, int lines, long textBytes) {

  /** Renders the next lines of a log. */
  public static Batch of(TrainingLogs logs, int lines, JsonBytes scratch) {
    scratch.clear().ascii("\"logs\":[");
    long textBytes = 0;
    for (int i = 0; i < lines; i++) {
      LogLine line = logs.next();
      textBytes += line.textBytes();
      if (i > 0) {
        scratch.ascii(",");
      }
      scratch.line(line);
    }
    return new Batch(scratch.ascii("]}").toDirectBuffer(), lines, textBytes);
  }
}
