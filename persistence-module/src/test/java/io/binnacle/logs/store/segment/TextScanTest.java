package io.binnacle.logs.store.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TextScanTest {
  private static final int CASES = 200_000;

  @Test
  void aNeedleIsFoundWhereANaiveSearchFindsIt() {
    Random random = new Random(42);
    for (int i = 0; i < CASES; i++) {
      byte[] text = bytes(random, random.nextInt(80));
      byte[] needle = bytes(random, 1 + random.nextInt(random.nextBoolean() ? 3 : 20));
      int from = random.nextInt(text.length + 1);
      int to = from + random.nextInt(text.length - from + 1);

      assertEquals(
          naive(text, from, to, needle),
          TextScan.indexOf(text, from, to, needle),
          () -> "a case of seed 42");
    }
  }

  @Test
  void theLastBytesOfAnArrayAreSearchedToo() {
    for (int size = 1; size < 70; size++) {
      byte[] text = new byte[size];
      text[size - 1] = (byte) 0xff;
      assertEquals(size - 1, TextScan.indexOf(text, 0, size, new byte[] {(byte) 0xff}));
      assertEquals(-1, TextScan.indexOf(text, 0, size - 1, new byte[] {(byte) 0xff}));
    }
  }

  @Test
  void everyByteThatIsNotPlainEndsAPlainText() {
    for (int b = 0; b < 256; b++) {
      boolean plain = b >= ' ' && b < 0x80 && b != '"' && b != '\\';
      for (int place = 0; place < 20; place++) {
        byte[] text = "~plain text !#[]~~~\u007f".getBytes(StandardCharsets.UTF_8);
        text[place] = (byte) b;
        int end = plain ? text.length : place;

        assertEquals(end, TextScan.plainEnd(text, 0, text.length));
        assertEquals(place, TextScan.plainEnd(text, 0, place));
        assertEquals(text.length, TextScan.plainEnd(text, place + 1, text.length));
      }
    }
  }

  @Test
  void theFirstOfSeveralEndsIsFound() {
    Random random = new Random(42);
    for (int i = 0; i < CASES; i++) {
      byte[] text = new byte[random.nextInt(40)];
      random.nextBytes(text);
      int end = 0;
      while (end < text.length && text[end] >= ' ' && text[end] != '"' && text[end] != '\\') {
        end++;
      }

      assertEquals(end, TextScan.plainEnd(text, 0, text.length), () -> "a case of seed 42");
    }
  }

  /** Few different bytes, negative ones and zero among them, so that near misses are common. */
  private static byte[] bytes(Random random, int size) {
    byte[] alphabet = {0, 1, (byte) 0x80, (byte) 0xff, 'a', 'b', 0x7f};
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = alphabet[random.nextInt(random.nextInt(4) == 0 ? alphabet.length : 2)];
    }
    return bytes;
  }

  private static int naive(byte[] text, int from, int to, byte[] needle) {
    for (int at = from; at + needle.length <= to; at++) {
      int same = 0;
      while (same < needle.length && text[at + same] == needle[same]) {
        same++;
      }
      if (same == needle.length) {
        return at;
      }
    }
    return -1;
  }
}
