package io.binnacle.platform.control.ingest;

import java.io.CharConversionException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Refuses what the JSON parser would take: characters in a longer form than they need, such as
 * {@code C0 80} for NUL, which hide them from whoever looks at the bytes, and code points beyond
 * Unicode. Whatever else is no UTF-8 the parser refuses itself.
 */
public final class StrictUtf8 extends FilterInputStream {
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long NOT_ASCII = 0x8080_8080_8080_8080L;

  /** The byte before the next one, as a number from 0 to 255. */
  private int before;

  /**
   * @param in bytes that should be UTF-8
   */
  public StrictUtf8(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    int next = super.read();
    if (next >= 0) {
      look(next);
    }
    return next;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int count = super.read(buffer, offset, length);
    int end = offset + Math.max(0, count);
    int at = offset;
    while (at < end) {
      // Nearly all of nearly every log is ASCII: eight bytes are looked at in one step.
      if (before < 0x80
          && end - at >= Long.BYTES
          && ((long) EIGHT.get(buffer, at) & NOT_ASCII) == 0) {
        at += Long.BYTES;
      } else {
        look(buffer[at++] & 0xff);
      }
    }
    return count;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void look(int next) throws CharConversionException {
    boolean never = next == 0xc0 || next == 0xc1 || next >= 0xf5;
    boolean tooLong = before == 0xe0 && next < 0xa0 || before == 0xf0 && next < 0x90;
    boolean tooLarge = before == 0xf4 && next >= 0x90;
    if (never || tooLong || tooLarge) {
      throw new CharConversionException("Not UTF-8");
    }
    before = next;
  }
}
