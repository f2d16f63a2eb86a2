package io.binnacle.logs.control;

/**
 * Somebody who follows a log. Called by the thread that serves all viewers, so it must not wait.
 */
public interface TailViewer {
  /** New lines. */
  void deliver(TailFrame frame);

  /** The log was cleared, or its owner deleted. */
  void cleared();

  /** The run moved to a status. */
  void status(String status);
}
