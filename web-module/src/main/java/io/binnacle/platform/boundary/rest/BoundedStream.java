package io.binnacle.platform.boundary.rest;

import io.binnacle.platform.entity.ProblemException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body that ends with a refusal when it goes on beyond a limit. */
public final class BoundedStream extends FilterInputStream {
  private final long maxBytes;
  private long read;

  /**
   * @param maxBytes one byte more throws a {@link ProblemException} BODY_TOO_LARGE
   */
  public BoundedStream(InputStream in, long maxBytes) {
    super(in);
    this.maxBytes = maxBytes;
  }

  @Override
  public int read() throws IOException {
    int next = super.read();
    if (next >= 0) {
      count(1);
    }
    return next;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int count = super.read(buffer, offset, length);
    if (count > 0) {
      count(count);
    }
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    long skipped = super.skip(count);
    count(skipped);
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void count(long bytes) {
    read += bytes;
    if (read > maxBytes) {
      throw ProblemException.bodyTooLarge(maxBytes);
    }
  }
}
