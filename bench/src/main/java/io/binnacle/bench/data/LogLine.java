package io.binnacle.bench.data;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One line of the data set.
 *
 * @param level DEBUG, INFO, …
 * @param source stdout, stderr, sdk or user
 * @param timeNanos epoch nanoseconds
 * @param message the text, possibly of several lines
 * @param fields a JSON object, or null
 */
public record LogLine(
    String level, String source, long timeNanos, String message, @Nullable String fields) {

  /** UTF-8 bytes of the message and the fields: what "bytes a line" counts. */
  public int textBytes() {
    int bytes = message.getBytes(StandardCharsets.UTF_8).length;
    return fields == null ? bytes : bytes + fields.length();
  }
}
