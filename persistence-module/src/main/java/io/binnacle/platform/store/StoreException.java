package io.binnacle.platform.store;

/** The database failed: nothing that the caller could have said differently. */
public class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what could not be done, for the log
   */
  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
