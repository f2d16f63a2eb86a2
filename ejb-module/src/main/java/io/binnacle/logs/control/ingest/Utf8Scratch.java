package io.binnacle.logs.control.ingest;

import java.io.OutputStream;
import java.util.Arrays;

/** A growing array of UTF-8 that is used again for every line, so that a line needs no object. */
final class Utf8Scratch extends OutputStream {
  private static final int FIRST_SIZE = 4096;

  private byte[] bytes = new byte[FIRST_SIZE];
  private int size;

  byte[] bytes() {
    return bytes;
  }

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  @Override
  public void write(int b) {
    ensure(1);
    bytes[size++] = (byte) b;
  }

  @Override
  public void write(byte[] source, int from, int length) {
    ensure(length);
    System.arraycopy(source, from, bytes, size, length);
    size += length;
  }

  /** Appends characters. A half of a surrogate pair, which UTF-8 can't say, becomes U+FFFD. */
  void write(char[] chars, int from, int length) {
    ensure(length * 3);
    byte[] out = bytes;
    int at = size;
    int end = from + length;
    for (int i = from; i < end; i++) {
      char c = chars[i];
      if (c < 0x80) {
        out[at++] = (byte) c;
      } else if (c < 0x800) {
        out[at++] = (byte) (0xc0 | c >> 6);
        out[at++] = (byte) (0x80 | c & 0x3f);
      } else if (Character.isHighSurrogate(c)
          && i + 1 < end
          && Character.isLowSurrogate(chars[i + 1])) {
        int code = Character.toCodePoint(c, chars[++i]);
        out[at++] = (byte) (0xf0 | code >> 18);
        out[at++] = (byte) (0x80 | code >> 12 & 0x3f);
        out[at++] = (byte) (0x80 | code >> 6 & 0x3f);
        out[at++] = (byte) (0x80 | code & 0x3f);
      } else {
        int unit = Character.isSurrogate(c) ? 0xfffd : c;
        out[at++] = (byte) (0xe0 | unit >> 12);
        out[at++] = (byte) (0x80 | unit >> 6 & 0x3f);
        out[at++] = (byte) (0x80 | unit & 0x3f);
      }
    }
    size = at;
  }

  /** Cuts to at most a number of bytes, never inside a character. */
  void truncate(int limit) {
    if (size <= limit) {
      return;
    }
    int end = limit;
    while (end > 0 && (bytes[end] & 0xc0) == 0x80) {
      end--;
    }
    size = end;
  }

  private void ensure(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
    }
  }
}
