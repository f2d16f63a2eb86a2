package io.binnacle.logs.control;

/**
 * The limits of one batch.
 *
 * @param lines lines in a batch
 * @param bodyBytes bytes of the body, inflated
 * @param messageBytes UTF-8 bytes of a message; a longer one is truncated with a mark
 * @param fieldsBytes bytes of a line's fields as JSON; a line with more is refused
 */
public record LogLimits(int lines, int bodyBytes, int messageBytes, int fieldsBytes) {
  /** The limits unless an operator sets others. */
  public static final LogLimits DEFAULT = new LogLimits(5_000, 8 << 20, 64 << 10, 64 << 10);

  /** Characters of a level's name. */
  public static final int LEVEL_CHARS = 32;

  /** Characters of a source's name. */
  public static final int SOURCE_CHARS = 50;

  /** Characters of the name of a stream. */
  public static final int STREAM_CHARS = 100;

  /** Characters of a sender's id. */
  public static final int CLIENT_CHARS = 64;

  /** Levels of objects and arrays in the fields of a line, and in the labels of a stream. */
  public static final int FIELDS_DEPTH = 100;

  /** Refused lines that an answer lists; it counts all of them. */
  public static final int LISTED_REFUSALS = 100;
}
