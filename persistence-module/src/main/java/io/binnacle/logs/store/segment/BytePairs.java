package io.binnacle.logs.store.segment;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Two bytes that follow each other, in any of the forms that a character has, of which some have
 * nothing in common: the first byte of the usual forms is followed by either of two classes, that
 * of the unusual ones by one. All are looked for at once, at eight places in one step.
 *
 * @param first the first byte of the usual forms
 * @param next what follows it
 * @param otherNext what else may follow it
 * @param rare the first byte of the unusual forms
 * @param rareNext what follows that
 */
public record BytePairs(
    ByteClass first, ByteClass next, ByteClass otherNext, ByteClass rare, ByteClass rareNext) {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /**
   * The first place from {@code from} on and before {@code to} where such a pair may begin; -1 when
   * there is none. What follows the last byte of the text counts as 0.
   */
  public int indexIn(byte[] text, int from, int to) {
    int i = from;
    for (; i + Long.BYTES <= to && i + Long.BYTES < text.length; i += Long.BYTES) {
      long here = (long) LONG.get(text, i);
      long after = (long) LONG.get(text, i + 1);
      long places =
          first.in(here) & (next.in(after) | otherNext.in(after))
              | rare.in(here) & rareNext.in(after);
      if (places != 0) {
        return i + (Long.numberOfTrailingZeros(places) >>> 3);
      }
    }
    for (; i < to; i++) {
      int after = i + 1 < text.length ? text[i + 1] : 0;
      if (first.has(text[i]) && (next.has(after) || otherNext.has(after))
          || rare.has(text[i]) && rareNext.has(after)) {
        return i;
      }
    }
    return -1;
  }

  /**
   * How often such pairs are to be expected, for comparison with others.
   *
   * @param counts how often each byte stands in the text
   */
  public long frequency(int[] counts) {
    return first.frequency(counts) * (next.frequency(counts) + otherNext.frequency(counts))
        + rare.frequency(counts) * rareNext.frequency(counts);
  }
}
