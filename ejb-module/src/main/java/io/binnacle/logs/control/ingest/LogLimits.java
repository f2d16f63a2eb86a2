package io.binnacle.logs.control.ingest;

import io.binnacle.platform.control.OperatorNumber;

/**
 * The limits of one batch.
 *
 * @param lines lines in a batch
 * @param bodyBytes bytes of the body, inflated
 * @param messageBytes UTF-8 bytes of a message; a longer one is truncated with a mark
 * @param fieldsBytes bytes of a line's fields as JSON; a line with more is refused
 */
public record LogLimits(int lines, int bodyBytes, int messageBytes, int fieldsBytes) {
  /** Bytes of a line's fields, which no operator changes. */
  public static final int FIELDS_BYTES = 64 << 10;

  private static final int MOST_LINES = 1_000_000;

  /** The arrays of a buffer have up to twice the size of a batch. */
  private static final int MOST_BODY_BYTES = 256 << 20;

  /** With fields and numbers it must fit into a row, also when nothing of it can be compressed. */
  private static final int MOST_MESSAGE_BYTES = 512 << 10;

  /**
   * What operators set.
   *
   * @throws IllegalStateException when nothing could be stored like that
   */
  static LogLimits ofOperator(int lines, int bodyBytes, int messageBytes) {
    OperatorNumber.check("binnacle.logs.message.max-bytes", messageBytes, 1, MOST_MESSAGE_BYTES);
    OperatorNumber.check("binnacle.logs.batch.max-lines", lines, 1, MOST_LINES);
    OperatorNumber.check("binnacle.logs.batch.max-bytes", bodyBytes, messageBytes, MOST_BODY_BYTES);
    return new LogLimits(lines, bodyBytes, messageBytes, FIELDS_BYTES);
  }

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
