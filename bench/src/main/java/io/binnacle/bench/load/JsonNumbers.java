package io.binnacle.bench.load;

import java.nio.charset.StandardCharsets;

/** Single numbers out of small JSON answers: a parse of each would cost the generator too much. */
public final class JsonNumbers {
  private JsonNumbers() {}

  /**
   * The whole number that follows a key.
   *
   * @param json the answer
   * @param key the key with its quotes and colon, {@code "accepted":}
   * @param otherwise the result if the key is absent
   */
  public static long after(byte[] json, String key, long otherwise) {
    String text = new String(json, StandardCharsets.ISO_8859_1);
    int at = text.indexOf(key);
    if (at < 0) {
      return otherwise;
    }
    long number = 0;
    for (int i = at + key.length(); i < json.length && Character.isDigit(text.charAt(i)); i++) {
      number = number * 10 + text.charAt(i) - '0';
    }
    return number;
  }
}
