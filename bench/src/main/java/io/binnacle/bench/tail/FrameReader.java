package io.binnacle.bench.tail;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads a server's WebSocket messages without keeping them: of each only its first and last bytes
 * remain, where the type and the cursor stand. A thousand viewers must not cost more than the
 * server that feeds them.
 */
final class FrameReader {
  /** Takes what was read. */
  interface Listener {
    /** A text message: its first and its last bytes as text, which overlap when it is short. */
    void message(String head, String tail);

    /** The server asks whether the viewer lives. */
    void ping();

    /** The server closes. */
    void closed();
  }

  private static final int HEAD = 256;
  private static final int TAIL = 160;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private final Listener listener;
  private final byte[] header = new byte[10];
  private final byte[] head = new byte[HEAD];
  private final byte[] tail = new byte[TAIL];
  private int headerLength;
  private int headLength;
  private int tailLength;
  private long left = -1;

  FrameReader(Listener listener) {
    this.listener = listener;
  }

  /** Takes what remains in the buffer. */
  void feed(ByteBuffer in) {
    while (in.hasRemaining() || left == 0) {
      if (left < 0) {
        readHeader(in);
      } else {
        readPayload(in);
      }
    }
  }

  private void readHeader(ByteBuffer in) {
    header[headerLength++] = in.get();
    if (headerLength < 2) {
      return;
    }
    int length = header[1] & 0x7F;
    int needed = length == 126 ? 4 : length == 127 ? 10 : 2;
    if (headerLength < needed) {
      return;
    }
    left = needed == 2 ? length : 0;
    for (int i = 2; i < needed; i++) {
      left = left << 8 | header[i] & 0xFF;
    }
    headerLength = 0;
  }

  private void readPayload(ByteBuffer in) {
    int take = (int) Math.min(left, in.remaining());
    if (opcode() < CLOSE) {
      keepHead(in, take);
      keepTail(in, take);
    }
    in.position(in.position() + take);
    left -= take;
    if (left == 0) {
      left = -1;
      frameComplete();
    }
  }

  private void keepHead(ByteBuffer in, int take) {
    int count = Math.min(take, HEAD - headLength);
    in.get(in.position(), head, headLength, count);
    headLength += count;
  }

  private void keepTail(ByteBuffer in, int take) {
    int count = Math.min(take, TAIL);
    int kept = Math.min(tailLength, TAIL - count);
    System.arraycopy(tail, tailLength - kept, tail, 0, kept);
    in.get(in.position() + take - count, tail, kept, count);
    tailLength = kept + count;
  }

  private void frameComplete() {
    boolean last = (header[0] & 0x80) != 0;
    if (opcode() == CLOSE) {
      listener.closed();
    } else if (opcode() == PING) {
      listener.ping();
    } else if (opcode() < CLOSE && last) {
      listener.message(
          new String(head, 0, headLength, StandardCharsets.ISO_8859_1),
          new String(tail, 0, tailLength, StandardCharsets.ISO_8859_1));
      headLength = 0;
      tailLength = 0;
    }
  }

  private int opcode() {
    return header[0] & 0x0F;
  }
}
