package io.binnacle.platform.control.log;

import java.util.logging.Logger;

/**
 * Says in one sentence why Binnacle does not start. The container buries the exception in its own
 * words, and {@code bin/start} waits for this entry; no level hides it.
 */
public final class StartFailure {
  private static final Logger LOG = Logger.getLogger(StartFailure.class.getName());

  private StartFailure() {}

  /**
   * Logs why, and gives the exception to throw.
   *
   * @param why what is wrong and what to do, in whole sentences
   */
  public static IllegalStateException because(String why) {
    LOG.log(LogLevel.CRITICAL.threshold(), "Binnacle does not start. {0}", why);
    return new IllegalStateException(why);
  }
}
