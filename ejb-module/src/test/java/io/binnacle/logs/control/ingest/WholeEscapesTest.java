package io.binnacle.logs.control.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'m':'plain text'}|5|plain text",
        "{'m':''}|5|''",
        "{'m':'n\\n'}|5|",
        "{'m':'é'}|5|",
        "{'m':'not at its end|5|",
        "{'m':'not at a quote'}|6|",
        "{'m':'x'}|100|",
        "{'m':'x'}|-1|"
      })
  void aTextIsCopiedOnlyIfItStandsForItself(String sent, long quote, String copied)
      throws IOException {
    byte[] bytes = sent.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    Utf8Scratch target = new Utf8Scratch();
    try (WholeEscapes whole = new WholeEscapes(new ByteArrayInputStream(bytes))) {
      whole.readNBytes(bytes.length);

      assertEquals(copied != null, whole.copyPlain(quote, target));
    }
    assertEquals(copied == null ? "" : copied, text(target));
  }

  @Test
  void whatWasNotHandedOnYetOrLongAgoIsNotCopied() throws IOException {
    byte[] bytes = ("\"early\"" + " ".repeat(10_000) + "\"late\"").getBytes(StandardCharsets.UTF_8);
    int late = bytes.length - 6;
    Utf8Scratch target = new Utf8Scratch();
    try (WholeEscapes whole = new WholeEscapes(new ByteArrayInputStream(bytes))) {
      whole.readNBytes(7);
      assertTrue(whole.copyPlain(0, target));
      whole.readNBytes(bytes.length - 8);
      assertFalse(whole.copyPlain(0, target));
      assertFalse(whole.copyPlain(late, target));
      whole.readNBytes(1);
      assertTrue(whole.copyPlain(late, target));
    }
    assertEquals("earlylate", text(target));
  }

  private static String text(Utf8Scratch scratch) {
    return new String(scratch.bytes(), 0, scratch.size(), StandardCharsets.UTF_8);
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
