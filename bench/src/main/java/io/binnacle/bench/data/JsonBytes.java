package io.binnacle.bench.data;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;

/** Writes lines as JSON in UTF-8 into a growing buffer. */
public final class JsonBytes {
  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };
  private byte[] bytes = new byte[64 << 10];
  private int length;
  private long formattedSecond = Long.MIN_VALUE;
  private String formatted = "";

  /** Forgets what was written. */
  public JsonBytes clear() {
    length = 0;
    return this;
  }

  /** Appends one line as a JSON object of the log API. */
  public void line(LogLine line) {
    ascii("{\"level\":\"").ascii(line.level()).ascii("\",\"message\":\"").escaped(line.message());
    ascii("\",\"timestamp\":\"").time(line.timeNanos());
    ascii("\",\"source\":\"").ascii(line.source()).ascii("\"");
    String fields = line.fields();
    if (fields != null) {
      ascii(",\"fields\":").ascii(fields);
    }
    ascii("}");
  }

  /** Appends text that needs no escapes and has no character beyond ASCII. */
  @SuppressWarnings("deprecation") // the only copy of a String's bytes without an allocation
  public JsonBytes ascii(String text) {
    reserve(text.length());
    text.getBytes(0, text.length(), bytes, length);
    length += text.length();
    return this;
  }

  /** Outside of the heap, so that a socket write copies the bytes once. */
  public ByteBuffer toDirectBuffer() {
    ByteBuffer buffer = ByteBuffer.allocateDirect(length);
    buffer.put(bytes, 0, length).flip();
    return buffer;
  }

  private JsonBytes escaped(String text) {
    reserve(text.length() * 6);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        bytes[length++] = '\\';
        bytes[length++] = (byte) c;
      } else if (c == '\n') {
        bytes[length++] = '\\';
        bytes[length++] = 'n';
      } else if (c < 0x20) {
        control(c);
      } else if (c < 0x80) {
        bytes[length++] = (byte) c;
      } else {
        beyondAscii(c);
      }
    }
    return this;
  }

  private void control(char c) {
    ascii("\\u00");
    bytes[length++] = HEX[c >> 4];
    bytes[length++] = HEX[c & 15];
  }

  /** The data set stays within the basic plane, so a char is a code point. */
  private void beyondAscii(char c) {
    if (c < 0x800) {
      bytes[length++] = (byte) (0xC0 | c >> 6);
    } else {
      bytes[length++] = (byte) (0xE0 | c >> 12);
      bytes[length++] = (byte) (0x80 | c >> 6 & 0x3F);
    }
    bytes[length++] = (byte) (0x80 | c & 0x3F);
  }

  private void time(long nanos) {
    long second = Math.floorDiv(nanos, 1_000_000_000L);
    if (second != formattedSecond) {
      formattedSecond = second;
      formatted = LocalDateTime.ofInstant(Instant.ofEpochSecond(second), ZoneOffset.UTC).toString();
      formatted = formatted.length() == 16 ? formatted + ":00" : formatted;
    }
    ascii(formatted).ascii(".");
    long micros = Math.floorMod(nanos, 1_000_000_000L) / 1000;
    reserve(7);
    for (int i = 5; i >= 0; i--) {
      bytes[length + i] = (byte) ('0' + micros % 10);
      micros /= 10;
    }
    length += 6;
    bytes[length++] = 'Z';
  }

  private void reserve(int more) {
    if (length + more + 8 > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more + 8));
    }
  }
}
