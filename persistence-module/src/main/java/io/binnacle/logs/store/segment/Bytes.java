package io.binnacle.logs.store.segment;

import java.util.Arrays;

/** A growing array of bytes with the variable-length numbers of the format. */
final class Bytes {
  private byte[] array;
  private int size;

  Bytes(int capacity) {
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

  byte[] copy() {
    return Arrays.copyOf(array, size);
  }

  void put(int b) {
    ensure(1);
    array[size++] = (byte) b;
  }

  void put(byte[] from, int start, int length) {
    ensure(length);
    System.arraycopy(from, start, array, size, length);
    size += length;
  }

  /** Seven bits a byte, lowest first. */
  void varint(long value) {
    ensure(10);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      array[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    array[size++] = (byte) rest;
  }

  /** Small numbers of either sign stay short. */
  void zigzag(long value) {
    varint(value << 1 ^ value >> 63);
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
