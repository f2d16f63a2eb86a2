package io.binnacle.platform.boundary.rest;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.IntConsumer;

/** A body that tells how many bytes are read of it, each time before they are used. */
public final class MeteredBody extends FilterInputStream {
  private final IntConsumer meter;

  /**
   * @param body inflated
   * @param meter told of the bytes of each read, at least 1; what it throws ends the reading
   */
  public MeteredBody(InputStream body, IntConsumer meter) {
    super(body);
    this.meter = meter;
  }

  @Override
  public int read() throws IOException {
    int next = in.read();
    if (next >= 0) {
      meter.accept(1);
    }
    return next;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int count = in.read(buffer, offset, length);
    if (count > 0) {
      meter.accept(count);
    }
    return count;
  }
}
