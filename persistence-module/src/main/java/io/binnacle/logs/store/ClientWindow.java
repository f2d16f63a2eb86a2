package io.binnacle.logs.store;

import io.binnacle.logs.store.segment.ByteCursor;
import io.binnacle.logs.store.segment.Bytes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What became of {@link #NUMBERS} batch numbers that follow each other, of one sender in one
 * stream. A sender has {@link #PARTS} of them, used in turn: the part of a new number takes the
 * place of the oldest. So at least the newest 256 numbers are kept, a batch that is sent again is
 * recognised as long as its number is among them, and a number that was kept once and is no more
 * counts as a repetition, because a sender that waits for answers is never so far behind.
 *
 * <p>In parts, because a row is written with every batch: one row for all 256 numbers was as large
 * as the lines of the batch themselves.
 */
public final class ClientWindow {
  /** Numbers of one part. */
  public static final int NUMBERS = 32;

  /** Eight that are whole, and the one that fills. */
  public static final int PARTS = 9;

  private static final byte VERSION = 2;

  /** Version, block, which numbers were seen, and all of them at their longest. */
  private static final int MAX_BYTES = 1 + 10 + 4 + NUMBERS * (8 + 10 + 5);

  private static final long NONE = -1;

  /** What became of a batch. */
  public record Stored(long contentHash, long firstLine, int lines) {}

  private final Stored[] stored = new Stored[NUMBERS];

  /** The numbers from {@code block * NUMBERS + 1} on are here. */
  private long block = NONE;

  /** A part of the window of a sender that was never heard of. */
  public ClientWindow() {}

  /**
   * The part in which a number is looked for.
   *
   * @return from 0 to {@link #PARTS} - 1
   */
  public static int part(long batchNo) {
    return (int) (block(batchNo) % PARTS);
  }

  private static long block(long batchNo) {
    return (batchNo - 1) / NUMBERS;
  }

  private static int slot(long batchNo) {
    return (int) ((batchNo - 1) % NUMBERS);
  }

  /** What became of a batch number, or null when it was not stored or is not kept any more. */
  public @Nullable Stored find(long batchNo) {
    return block(batchNo) == block ? stored[slot(batchNo)] : null;
  }

  /** Whether newer numbers have taken the place of this one. */
  public boolean isBelow(long batchNo) {
    return block(batchNo) < block;
  }

  /**
   * Notes a batch that was stored.
   *
   * @param batchNo of this part, and not below it
   * @return how many numbers fell out of the window without ever having been seen
   */
  public long add(long batchNo, Stored what) {
    long unseen = 0;
    if (block(batchNo) != block) {
      unseen = unseenBefore(block(batchNo));
      Arrays.fill(stored, null);
      block = block(batchNo);
    }
    stored[slot(batchNo)] = what;
    return unseen;
  }

  private long unseenBefore(long newBlock) {
    if (block == NONE) {
      return 0;
    }
    long seen = Arrays.stream(stored).filter(entry -> entry != null).count();
    long turnsLeftOut = (newBlock - block) / PARTS - 1;
    return NUMBERS - seen + turnsLeftOut * NUMBERS;
  }

  /**
   * The part as it is stored: numbers as differences, seven bits a byte, about 11 bytes a batch.
   */
  public byte[] encode() {
    Bytes bytes = new Bytes(MAX_BYTES);
    bytes.put(VERSION);
    bytes.varint(block);
    bytes.fixed(seen(), Integer.BYTES);
    long line = 0;
    for (Stored entry : stored) {
      if (entry != null) {
        bytes.fixed(entry.contentHash(), Long.BYTES);
        bytes.zigzag(entry.firstLine() - line);
        bytes.varint(entry.lines());
        line = entry.firstLine() + entry.lines();
      }
    }
    return bytes.copy();
  }

  /** A bit for each number that was seen. */
  private int seen() {
    int seen = 0;
    for (int slot = 0; slot < NUMBERS; slot++) {
      seen |= stored[slot] == null ? 0 : 1 << slot;
    }
    return seen;
  }

  /** Reads what {@link #encode} wrote. */
  public static ClientWindow decode(byte[] encoded) {
    ByteCursor bytes = new ByteCursor(encoded, 0);
    if (bytes.next() != VERSION) {
      throw new IllegalStateException("A sender's window of an unknown version");
    }
    ClientWindow window = new ClientWindow();
    window.block = bytes.varint();
    int seen = (int) bytes.fixed(Integer.BYTES);
    long line = 0;
    for (int slot = 0; slot < NUMBERS; slot++) {
      if ((seen & 1 << slot) != 0) {
        long hash = bytes.fixed(Long.BYTES);
        long firstLine = line + bytes.zigzag();
        int lines = (int) bytes.varint();
        window.stored[slot] = new Stored(hash, firstLine, lines);
        line = firstLine + lines;
      }
    }
    return window;
  }
}
