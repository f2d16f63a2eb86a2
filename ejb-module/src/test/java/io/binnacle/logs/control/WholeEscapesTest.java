package io.binnacle.logs.control;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WholeEscapesTest {
  /** An escape of anything, or a pair, which is whole, before a half. */
  private static final Pattern ESCAPES =
      Pattern.compile(
          "(\\\\u[dD][89abAB]..\\\\u[dD][c-fC-F]..|\\\\u(?![dD][89a-fA-F])....|\\\\[^u])"
              + "|\\\\u[dD][89a-fA-F]..");

  @ParameterizedTest
  @CsvSource({
    "\\ud800, \\ufffd",
    "\\uDC00x, \\ufffdx",
    "\\ud83d\\ude80, \\ud83d\\ude80",
    "\\ud83d\\ud83d\\ude80, \\ufffd\\ud83d\\ude80",
    "\\ude80\\ud83d, \\ufffd\\ufffd",
    "\\\\ud800, \\\\ud800",
    "\\\\\\ud800, \\\\\\ufffd",
    "\\ud800\\n, \\ufffd\\n",
    "\\u00e9 é \\ud7ff \\ue000, \\u00e9 é \\ud7ff \\ue000",
    "\\ud80, \\ud80",
    "\\, \\"
  })
  void onlyHalvesAreReplaced(String sent, String expected) throws IOException {
    assertEquals(expected, repaired(sent, new Random(1)));
  }

  @Test
  void itDoesNotMatterWhereTheBytesArePartedAndHowManyThereAre() throws IOException {
    Random random = new Random(48);
    String[] parts = {
      "\\ud83d", "\\ude80", "\\\\", "\\n", "u", "d800", "xy", "\\u0041", "é", "\\\""
    };
    for (int i = 0; i < 400; i++) {
      StringBuilder sent = new StringBuilder();
      for (int k = random.nextInt(i % 20 == 0 ? 20_000 : 40); k > 0; k--) {
        sent.append(parts[random.nextInt(parts.length)]);
      }
      String expected =
          ESCAPES.matcher(sent).replaceAll(m -> m.group(1) == null ? "\\\\ufffd" : "$1");

      assertEquals(expected, repaired(sent.toString(), random));
    }
  }

  private static String repaired(String sent, Random random) throws IOException {
    InputStream parted =
        new ByteArrayInputStream(sent.getBytes(StandardCharsets.UTF_8)) {
          @Override
          public synchronized int read(byte[] target, int from, int length) {
            return super.read(target, from, Math.min(length, 1 + random.nextInt(3_000)));
          }
        };
    try (InputStream whole = new WholeEscapes(parted)) {
      return new String(whole.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
