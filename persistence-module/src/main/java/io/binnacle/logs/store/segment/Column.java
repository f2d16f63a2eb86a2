package io.binnacle.logs.store.segment;

/**
 * The columns of a segment. An id is never given a second meaning; a reader skips those it does not
 * know, so a newer server may add one while an older one still reads.
 */
enum Column {
  /** Levels with severities, then sources: what the codes of the next two columns mean. */
  NAMES(1),
  /** A byte a line. */
  LEVEL(2),
  /** A byte a line. */
  SOURCE(3),
  /** Differences of nanoseconds, zigzag varints. */
  TIME(4),
  /** A byte a line; absent when all are 0. */
  FLAGS(5),
  /** Differences to the number before plus one, zigzag varints of n+1; absent when none has one. */
  CLIENT_LINE(6),
  /** For truncated lines only: the message's true size, varints; absent when none is. */
  ORIGINAL_SIZE(7),
  /** Bytes of each message, varints. */
  TEXT_LENGTH(8),
  /** The messages, each followed by a line feed, so that no search runs across two of them. */
  TEXT(9),
  /** Bytes of each line's fields, varints; absent when no line has any. */
  FIELDS_LENGTH(10),
  /** The fields as JSON, one after the other. */
  FIELDS(11);

  // Reserved: 12 template, 13 trace, 14 span, 15 observed time.

  /** One more than the highest id. */
  static final int ID_LIMIT = 12;

  private final int id;

  Column(int id) {
    this.id = id;
  }

  int id() {
    return id;
  }
}
