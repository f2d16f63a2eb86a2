package io.binnacle.logs.store.segment;

/** A payload that is not what was written: a fault of the disk or the database. */
public class CorruptSegmentException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what does not fit
   */
  public CorruptSegmentException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * @param message what does not fit
   */
  public CorruptSegmentException(String message) {
    super(message);
  }
}
