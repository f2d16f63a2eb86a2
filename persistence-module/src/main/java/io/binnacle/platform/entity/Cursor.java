package io.binnacle.platform.entity;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The position in a list, opaque to the caller: a version, a checksum that binds it to the filter
 * it was made for, and the keys of the last item. A cursor is not secret and grants nothing; the
 * checksum only tells an honest mistake from a page of the wrong list.
 */
public final class Cursor {
  private static final byte VERSION = 1;
  private static final int MAX_CHARS = 2048;

  private Cursor() {}

  /**
   * @param filter the canonical text of everything that selects and orders the list
   * @param keys the sort keys of the last item, in order
   */
  public static String encode(String filter, List<String> keys) {
    List<byte[]> parts = keys.stream().map(k -> k.getBytes(StandardCharsets.UTF_8)).toList();
    int size = parts.stream().mapToInt(p -> p.length + 2).sum();
    ByteBuffer bytes = ByteBuffer.allocate(5 + size).put(VERSION).putInt(checksum(filter));
    parts.forEach(p -> bytes.putShort((short) p.length).put(p));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  /**
   * @return the keys that {@link #encode} was given
   * @throws ProblemException when the text is no cursor of this filter
   */
  public static List<String> decode(String filter, String cursor) {
    try {
      if (cursor.length() > MAX_CHARS) {
        throw notOfThisList();
      }
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
      if (bytes.get() != VERSION || bytes.getInt() != checksum(filter)) {
        throw notOfThisList();
      }
      List<String> keys = new ArrayList<>();
      while (bytes.hasRemaining()) {
        byte[] key = new byte[bytes.getShort() & 0xffff];
        bytes.get(key);
        keys.add(new String(key, StandardCharsets.UTF_8));
      }
      return keys;
    } catch (IllegalArgumentException | BufferUnderflowException e) {
      throw notOfThisList();
    }
  }

  /**
   * The key of a list that has one, a number.
   *
   * @throws ProblemException when the text is no cursor of this filter
   */
  public static long decodeNumber(String filter, String cursor) {
    try {
      return Long.parseLong(decodeText(filter, cursor));
    } catch (NumberFormatException e) {
      throw notMadeHere();
    }
  }

  /**
   * The key of a list that has one, a text.
   *
   * @throws ProblemException when the text is no cursor of this filter
   */
  public static String decodeText(String filter, String cursor) {
    List<String> keys = decode(filter, cursor);
    if (keys.size() != 1) {
      throw notMadeHere();
    }
    return keys.get(0);
  }

  /** The refusal of a cursor whose keys are none of the list. */
  public static ProblemException notMadeHere() {
    return ProblemException.of(ProblemType.INVALID_CURSOR, "The cursor was not made here.");
  }

  private static ProblemException notOfThisList() {
    return ProblemException.of(
        ProblemType.INVALID_CURSOR,
        "Take next_cursor from the page before, with the same filter and order.");
  }

  private static int checksum(String filter) {
    CRC32C crc = new CRC32C();
    crc.update(filter.getBytes(StandardCharsets.UTF_8));
    return (int) crc.getValue();
  }
}
