package io.binnacle.logs.entity;

import org.jspecify.annotations.Nullable;

/**
 * One line, as it is read.
 *
 * @param line its number in the stream, from 1
 * @param level canonical
 * @param severity 1 to 24
 * @param time nanoseconds since 1970
 * @param clientLine the sender's own number, or {@link LineBuffer#NO_CLIENT_LINE}
 * @param fieldsJson a JSON object, or null
 * @param flags see {@link LineBuffer}
 * @param originalBytes bytes of the message before it was cut
 */
public record LogLine(
    long streamId,
    long line,
    String level,
    int severity,
    String message,
    long time,
    String source,
    long clientLine,
    @Nullable String fieldsJson,
    int flags,
    int originalBytes) {

  /** Whether the time is that of the receipt. */
  public boolean timeReceived() {
    return (flags & LineBuffer.TIME_RECEIVED) != 0;
  }

  /** Whether the message was cut. */
  public boolean truncated() {
    return (flags & LineBuffer.TRUNCATED) != 0;
  }

  /** The id of the line in the API. */
  public String id() {
    return streamId + ":" + line;
  }
}
