package io.binnacle.bench.http;

import java.nio.ByteBuffer;

/** Takes a body as it arrives. */
public interface BodySink {
  /** Takes what remains in the buffer; the buffer is reused afterwards. */
  void take(ByteBuffer part);
}
