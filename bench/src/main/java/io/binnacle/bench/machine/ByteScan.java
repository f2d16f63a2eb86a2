package io.binnacle.bench.machine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** A substring search over bytes, eight places at a time: the limit that a search is held to. */
final class ByteScan {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;

  private ByteScan() {}

  /** The first place of the needle (two bytes or more) in the first {@code length} bytes, or -1. */
  static int indexOf(byte[] text, int length, byte[] needle) {
    int last = needle.length - 1;
    long first = ONES * (needle[0] & 0xFF);
    long end = ONES * (needle[last] & 0xFF);
    int i = 0;
    for (; i + last + 8 <= length; i += 8) {
      long differs = ((long) LONGS.get(text, i) ^ first) | ((long) LONGS.get(text, i + last) ^ end);
      long zeros = differs - ONES & ~differs & HIGHS;
      for (; zeros != 0; zeros &= zeros - 1) {
        int place = i + (Long.numberOfTrailingZeros(zeros) >>> 3);
        if (matches(text, place, needle)) {
          return place;
        }
      }
    }
    for (; i + last < length; i++) {
      if (matches(text, i, needle)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean matches(byte[] text, int at, byte[] needle) {
    for (int k = 0; k < needle.length; k++) {
      if (text[at + k] != needle[k]) {
        return false;
      }
    }
    return true;
  }
}
