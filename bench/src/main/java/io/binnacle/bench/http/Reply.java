package io.binnacle.bench.http;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * An answer.
 *
 * @param status the HTTP status
 * @param head status line and headers as they came
 * @param body the body, or nothing if it went to a sink
 */
public record Reply(int status, String head, byte[] body) {
  /** The body as text. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** Seconds that the server asks to wait, or 0. */
  public int retryAfterSeconds() {
    String value = header("retry-after");
    return value.matches("\\d{1,6}") ? Integer.parseInt(value) : 0;
  }

  /** A header's value, or the empty string. */
  public String header(String name) {
    return find(head, name);
  }

  static String find(String head, String name) {
    int at = head.toLowerCase(Locale.ROOT).indexOf("\n" + name.toLowerCase(Locale.ROOT) + ":");
    if (at < 0) {
      return "";
    }
    int start = at + name.length() + 2;
    int end = head.indexOf('\r', start);
    return head.substring(start, end < 0 ? head.length() : end).trim();
  }

  /** Whether the status is 2xx. */
  public boolean ok() {
    return status / 100 == 2;
  }
}
