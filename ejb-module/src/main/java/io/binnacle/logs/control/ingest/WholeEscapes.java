package io.binnacle.logs.control.ingest;

import io.binnacle.logs.store.segment.TextScan;
import java.io.IOException;
import java.io.InputStream;

/**
 * JSON in which every escape of half a character, such as {@code \ud800} without the other half,
 * has become that of U+FFFD: the parser refuses the whole body for one in a name. All else is
 * handed on as it is.
 */
final class WholeEscapes extends InputStream {
  private static final byte[] BACKSLASH = {'\\'};
  private static final byte[] REPLACEMENT = {'f', 'f', 'f', 'd'};

  /** As much as the parser asks for at once: what it reads in lies here as well. */
  private static final int SIZE = 8000;

  /** Bytes of an escape: a backslash, a u and four digits. */
  private static final int ESCAPE = 6;

  private final InputStream in;
  private final byte[] buffer = new byte[SIZE];
  private int next;

  /** Up to here the bytes are as they shall be; what follows waits for what comes behind it. */
  private int ready;

  private int end;
  private boolean ended;

  /** Bytes handed on before those that lie in the buffer. */
  private long before;

  WholeEscapes(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    return fill() ? buffer[next++] & 0xff : -1;
  }

  @Override
  public int read(byte[] target, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, ready - next);
    System.arraycopy(buffer, next, target, from, count);
    next += count;
    return count;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /**
   * Copies a text that stands for itself, as nearly every message does: ASCII without escapes. To
   * make characters of it and bytes of those again took a tenth of all that ingest does.
   *
   * @param quote how many bytes were handed on before the quote that begins the text
   * @return whether it is such a text, and lies whole in what was handed on last
   */
  boolean copyPlain(long quote, Utf8Scratch target) {
    long place = quote - before;
    if (place < 0 || place >= next || buffer[(int) place] != '"') {
      return false;
    }
    int from = (int) place + 1;
    int to = TextScan.plainEnd(buffer, from, next);
    if (to == next || buffer[to] != '"') {
      return false;
    }
    target.write(buffer, from, to - from);
    return true;
  }

  /** Makes at least one byte ready; false at the end. */
  private boolean fill() throws IOException {
    while (next == ready && !(ended && ready == end)) {
      System.arraycopy(buffer, ready, buffer, 0, end - ready);
      end -= ready;
      before += ready;
      next = 0;
      ready = 0;
      int count = in.read(buffer, end, SIZE - end);
      ended = count < 0;
      end += Math.max(0, count);
      ready = repair();
    }
    return next < ready;
  }

  /** Replaces halves; stops before an escape that the bytes which are here do not decide. */
  private int repair() {
    int at = 0;
    while ((at = TextScan.indexOf(buffer, at, end, BACKSLASH)) >= 0) {
      if (at + 2 * ESCAPE > end && !ended) {
        return at;
      }
      int unit = unit(at);
      if (unit < 0) {
        at = Math.min(at + 2, end);
      } else if (Character.isHighSurrogate((char) unit) && isLow(at + ESCAPE)) {
        at += 2 * ESCAPE;
      } else {
        if (Character.isSurrogate((char) unit)) {
          System.arraycopy(REPLACEMENT, 0, buffer, at + 2, REPLACEMENT.length);
        }
        at += ESCAPE;
      }
    }
    return end;
  }

  private boolean isLow(int at) {
    int unit = unit(at);
    return unit >= 0 && Character.isLowSurrogate((char) unit);
  }

  /** The UTF-16 unit that an escape names; -1 when there is none here. */
  private int unit(int at) {
    if (at + ESCAPE > end || buffer[at] != '\\' || buffer[at + 1] != 'u') {
      return -1;
    }
    int unit = 0;
    for (int i = at + 2; i < at + ESCAPE; i++) {
      int digit = buffer[i] < 0 ? -1 : Character.digit(buffer[i], 16);
      if (digit < 0) {
        return -1;
      }
      unit = unit << 4 | digit;
    }
    return unit;
  }
}
