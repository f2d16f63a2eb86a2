package io.binnacle.logs.store;

import java.nio.ByteBuffer;
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
  private static final int ENTRY_BYTES = 8 + 8 + 8 + 4;

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

  /** The window as it is stored: at most 7,200 bytes. */
  public byte[] encode() {
    ByteBuffer bytes = ByteBuffer.allocate(1 + 8 + recent.size() * ENTRY_BYTES);
    bytes.put(VERSION).putLong(through);
    for (Map.Entry<Long, Stored> entry : recent.entrySet()) {
      Stored stored = entry.getValue();
      bytes
          .putLong(entry.getKey())
          .putLong(stored.contentHash())
          .putLong(stored.firstLine())
          .putInt(stored.lines());
    }
    return bytes.array();
  }

  /** Reads what {@link #encode} wrote. */
  public static ClientWindow decode(byte[] encoded) {
    ByteBuffer bytes = ByteBuffer.wrap(encoded);
    if (bytes.get() != VERSION) {
      throw new IllegalStateException("A sender's window of an unknown version");
    }
    ClientWindow window = new ClientWindow();
    window.through = bytes.getLong();
    while (bytes.hasRemaining()) {
      long batchNo = bytes.getLong();
      window.recent.put(batchNo, new Stored(bytes.getLong(), bytes.getLong(), bytes.getInt()));
    }
    return window;
  }
}
