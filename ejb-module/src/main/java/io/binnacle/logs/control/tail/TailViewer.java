package io.binnacle.logs.control.tail;

import java.util.Map;

/**
 * Somebody who follows a log. Called by the thread that serves all viewers, so it must not wait.
 */
public interface TailViewer {
  /** New lines. */
  void deliver(TailFrame frame);

  /**
   * The log was cleared, or its owner deleted.
   *
   * @param through the last deleted line of each stream; what came after it stays
   */
  void cleared(Map<Long, Long> through);

  /** The run moved to a status. */
  void status(String status);
}
