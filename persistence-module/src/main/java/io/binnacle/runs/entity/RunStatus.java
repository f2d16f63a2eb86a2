package io.binnacle.runs.entity;

/** Where a run is in its life. */
public enum RunStatus {
  /** It runs, or says so. */
  RUNNING,
  /** It ended well. */
  FINISHED,
  /** It ended by an error of its own. */
  FAILED,
  /** Somebody ended it. */
  KILLED,
  /** It fell silent; it comes back if it speaks again. */
  CRASHED
}
