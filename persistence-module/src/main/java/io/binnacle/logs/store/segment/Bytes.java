package io.binnacle.logs.store.segment;

import java.util.Arrays;

/** A growing array of bytes with the variable-length numbers of everything that is stored. */
public final class Bytes {
  private byte[] array;
  private int size;

  /**
   * @param capacity bytes that it has room for at first
   */
  public Bytes(int capacity) {
    array = new byte[capacity];
  }

  byte[] array() {
    return array;
  }

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  /** What was written. */
  public byte[] copy() {
    return Arrays.copyOf(array, size);
  }

  /** Appends the lowest eight bits of a number. */
  public void put(int b) {
    ensure(1);
    array[size++] = (byte) b;
  }

  void put(byte[] from, int start, int length) {
    ensure(length);
    System.arraycopy(from, start, array, size, length);
    size += length;
  }

  /** Seven bits a byte, lowest first. */
  public void varint(long value) {
    ensure(10);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      array[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    array[size++] = (byte) rest;
  }

  /** Small numbers of either sign stay short. */
  public void zigzag(long value) {
    varint(value << 1 ^ value >> 63);
  }

  /** All bits of a number in a fixed count of bytes, highest first. */
  public void fixed(long value, int count) {
    for (int shift = 8 * (count - 1); shift >= 0; shift -= 8) {
      put((int) (value >>> shift));
    }
  }

  /** Makes room and returns the array, to be written from {@link #size()} on. */
  byte[] reserve(int more) {
    ensure(more);
    return array;
  }

  /** Counts bytes that were written into the reserved room. */
  void advance(int written) {
    size += written;
  }

  private void ensure(int more) {
    if (size + more > array.length) {
      array = Arrays.copyOf(array, Math.max(size + more, array.length * 2));
    }
  }
}
