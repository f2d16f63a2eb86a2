package io.binnacle.logs.entity;

/** How far compaction is with a segment. */
public enum SegmentState {
  /** As ingest wrote it. */
  HOT,
  /** Merged, but still small: to be merged with its neighbours when its time has passed. */
  WARM,
  /** Done. */
  COMPACT
}
