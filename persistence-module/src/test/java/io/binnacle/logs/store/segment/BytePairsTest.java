package io.binnacle.logs.store.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BytePairsTest {
  private static final byte[] ALPHABET = {0, 1, 0x41, 0x61, 0x40, (byte) 0x80, (byte) 0xc3, 0x7f};

  private final Random random = new Random(43);

  @Test
  void noPlaceIsPassedOver() {
    for (int i = 0; i < 200_000; i++) {
      byte[] text = bytes(random.nextInt(60));
      int from = random.nextInt(text.length + 1);
      int to = from + random.nextInt(text.length - from + 1);
      BytePairs pairs = new BytePairs(some(), some(), some(), some(), some());
      int expected = naive(text, from, to, pairs);

      int found = pairs.indexIn(text, from, to);

      // What is found too early is looked at closer, and the search goes on behind it.
      while (found >= 0 && found != expected) {
        assertTrue(expected < 0 || found < expected, "a case of seed 43");
        found = pairs.indexIn(text, found + 1, to);
      }
      assertEquals(expected, found, "a case of seed 43");
    }
  }

  @Test
  void aClassHasEveryByteThatItIsMadeOf() {
    for (int i = 0; i < 10_000; i++) {
      byte[] members = bytes(1 + random.nextInt(4));
      int[] numbers = new int[members.length];
      for (int k = 0; k < members.length; k++) {
        numbers[k] = members[k];
      }
      ByteClass made = ByteClass.of(numbers);
      for (byte member : members) {
        assertTrue(made.has(member));
      }
    }
    assertTrue(ByteClass.of('k', 'K').has('k') && !ByteClass.of('k', 'K').has('c'));
  }

  private static int naive(byte[] text, int from, int to, BytePairs pairs) {
    for (int i = from; i < to; i++) {
      int after = i + 1 < text.length ? text[i + 1] : 0;
      boolean usual =
          pairs.first().has(text[i]) && (pairs.next().has(after) || pairs.otherNext().has(after));
      if (usual || pairs.rare().has(text[i]) && pairs.rareNext().has(after)) {
        return i;
      }
    }
    return -1;
  }

  private ByteClass some() {
    return switch (random.nextInt(6)) {
      case 0 -> ByteClass.ANY;
      case 1, 2 -> ByteClass.NONE;
      default -> {
        byte[] one = bytes(2);
        yield random.nextBoolean() ? ByteClass.of(one[0]) : ByteClass.of(one[0], one[1]);
      }
    };
  }

  private byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = ALPHABET[random.nextInt(random.nextInt(4) == 0 ? ALPHABET.length : 2)];
    }
    return bytes;
  }
}
