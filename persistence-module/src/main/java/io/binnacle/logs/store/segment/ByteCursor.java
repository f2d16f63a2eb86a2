package io.binnacle.logs.store.segment;

import java.nio.charset.StandardCharsets;

/** Reads what {@link Bytes} wrote. Beyond the end it throws, which a corrupt segment shows as. */
public final class ByteCursor {
  private final byte[] array;
  private int at;

  /**
   * @param start where to begin
   */
  public ByteCursor(byte[] array, int start) {
    this.array = array;
    this.at = start;
  }

  int position() {
    return at;
  }

  /** A byte, from 0 to 255. */
  public int next() {
    return array[at++] & 0xff;
  }

  /** What {@link Bytes#varint} wrote. */
  public long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte b = array[at++];
      value |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw new IllegalStateException("A number has more than 64 bits");
  }

  /** A number that an array may have bytes. */
  public int size() {
    long value = varint();
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw new IllegalStateException("A size of " + value);
    }
    return (int) value;
  }

  /** What {@link Bytes#zigzag} wrote. */
  public long zigzag() {
    long value = varint();
    return value >>> 1 ^ -(value & 1);
  }

  /** What {@link Bytes#fixed} wrote. */
  public long fixed(int count) {
    long value = 0;
    for (int i = 0; i < count; i++) {
      value = value << 8 | next();
    }
    return value;
  }

  String text() {
    int length = size();
    String text = new String(array, at, length, StandardCharsets.UTF_8);
    at += length;
    return text;
  }
}
