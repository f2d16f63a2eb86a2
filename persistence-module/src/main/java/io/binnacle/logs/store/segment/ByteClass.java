package io.binnacle.logs.store.segment;

import java.util.stream.IntStream;

/**
 * Bytes that agree in all bits but some, such as a letter in both cases: whether a byte is one of
 * them is one comparison, and for eight bytes in a word not more.
 */
public final class ByteClass {
  /** Every byte. */
  public static final ByteClass ANY = new ByteClass(0xff, 0xff);

  /** No byte: UTF-8 does not have this one. */
  public static final ByteClass NONE = new ByteClass(0, 0xff);

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;

  private final long free;
  private final long fixed;
  private final int[] members;

  private ByteClass(int free, int fixed) {
    this.free = free * ONES;
    this.fixed = fixed * ONES;
    this.members = IntStream.range(0, 256).filter(this::has).toArray();
  }

  /** The smallest class that has all of these, and perhaps others; none for none. */
  public static ByteClass of(int... bytes) {
    if (bytes.length == 0) {
      return NONE;
    }
    int free = 0;
    for (int b : bytes) {
      free |= (b ^ bytes[0]) & 0xff;
    }
    return new ByteClass(free, (bytes[0] & 0xff) | free);
  }

  boolean has(int b) {
    return ((b | free) & 0xff) == (fixed & 0xff);
  }

  /**
   * The high bit of each byte of a word that is in the class. It may be set for a byte above one
   * that is, too, and is never missing: whoever looks there looks closer.
   */
  long in(long word) {
    long differences = (word | free) ^ fixed;
    return (differences - ONES) & ~differences & HIGHS;
  }

  /** How often its bytes stand in a text, of which each byte was counted. */
  long frequency(int[] counts) {
    long sum = 0;
    for (int member : members) {
      sum += counts[member];
    }
    return sum;
  }
}
