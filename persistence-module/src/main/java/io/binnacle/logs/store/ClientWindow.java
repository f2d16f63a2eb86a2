package io.binnacle.logs.store;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The newest batch numbers of one sender in one stream, with what became of them. A batch that is
 * sent again is recognised exactly as long as it is among the newest {@link #SIZE}; a number below
 * all of them counts as a repetition, because a sender that waits for answers is never so far
 * behind.
 */
public final class ClientWindow {
  /** Numbers that are kept. */
  public static final int SIZE = 256;

  private static final byte VERSION = 1;

  /** Version, then the numbers at their longest: the column has room for it. */
  private static final int MAX_BYTES = 1 + 10 + (SIZE + 1) * (10 + 8 + 10 + 5);

  /** What became of a batch. */
  public record Stored(long contentHash, long firstLine, int lines) {}

  private final TreeMap<Long, Stored> recent = new TreeMap<>();
  private long through;

  /** The window of a sender that was never heard of. */
  public ClientWindow() {}

  /** What became of a batch number, or null when it was not stored or is not kept any more. */
  public @Nullable Stored find(long batchNo) {
    return recent.get(batchNo);
  }

  /** Whether a number is older than all that are kept. */
  public boolean isBelow(long batchNo) {
    return batchNo <= through;
  }

  /**
   * Notes a batch that was stored.
   *
   * @return how many numbers fell out of the window without ever having been seen
   */
  public long add(long batchNo, Stored stored) {
    recent.put(batchNo, stored);
    if (recent.size() <= SIZE) {
      return 0;
    }
    long oldest = recent.pollFirstEntry().getKey();
    long unseen = oldest - through - 1;
    through = oldest;
    return unseen;
  }

  /**
   * The window as it is stored: numbers as differences, seven bits a byte, so that it takes about 3
   * KB. The row is written with every batch; at 28 bytes an entry it cost a third of the store.
   */
  public byte[] encode() {
    ByteBuffer bytes = ByteBuffer.allocate(MAX_BYTES).put(VERSION);
    varint(bytes, through);
    long batchNo = through;
    long line = 0;
    for (Map.Entry<Long, Stored> entry : recent.entrySet()) {
      Stored stored = entry.getValue();
      varint(bytes, entry.getKey() - batchNo);
      bytes.putLong(stored.contentHash());
      varint(bytes, zigzag(stored.firstLine() - line));
      varint(bytes, stored.lines());
      batchNo = entry.getKey();
      line = stored.firstLine() + stored.lines();
    }
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  /** Reads what {@link #encode} wrote. */
  public static ClientWindow decode(byte[] encoded) {
    ByteBuffer bytes = ByteBuffer.wrap(encoded);
    if (bytes.get() != VERSION) {
      throw new IllegalStateException("A sender's window of an unknown version");
    }
    ClientWindow window = new ClientWindow();
    window.through = varint(bytes);
    long batchNo = window.through;
    long line = 0;
    while (bytes.hasRemaining()) {
      batchNo += varint(bytes);
      long hash = bytes.getLong();
      long distance = varint(bytes);
      long firstLine = line + (distance >>> 1 ^ -(distance & 1));
      int lines = (int) varint(bytes);
      window.recent.put(batchNo, new Stored(hash, firstLine, lines));
      line = firstLine + lines;
    }
    return window;
  }

  private static long zigzag(long value) {
    return value << 1 ^ value >> 63;
  }

  private static void varint(ByteBuffer bytes, long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes.put((byte) (rest | 0x80));
      rest >>>= 7;
    }
    bytes.put((byte) rest);
  }

  private static long varint(ByteBuffer bytes) {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte next = bytes.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalStateException("A number has more than 64 bits");
  }
}
