package io.binnacle.bench.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ByteScanTest {
  @Test
  void findsANeedleAtEveryPlace() {
    for (int at = 0; at < 60; at++) {
      String text = "n".repeat(at) + "needle" + "e".repeat(60 - at);
      assertEquals(text.indexOf("needle"), indexOf(text, "needle"));
    }
  }

  @Test
  void findsNothingWhereNothingIs() {
    assertEquals(-1, indexOf("needlneedlneedlneedlneedlneedl", "needle"));
    assertEquals(-1, indexOf("nee", "needle"));
  }

  private static int indexOf(String text, String needle) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    return ByteScan.indexOf(bytes, bytes.length, needle.getBytes(StandardCharsets.US_ASCII));
  }
}
