package io.binnacle.logs.control;

import io.binnacle.logs.entity.LogStream;
import io.binnacle.logs.entity.SegmentInfo;
import io.binnacle.logs.entity.SegmentState;
import io.binnacle.logs.store.LogSegments;
import io.binnacle.logs.store.LogStreams;
import io.binnacle.logs.store.NewSegment;
import io.binnacle.logs.store.OpenedSegment;
import io.binnacle.logs.store.SegmentPlace;
import io.binnacle.logs.store.SegmentUpkeep;
import io.binnacle.logs.store.segment.EncodedSegment;
import io.binnacle.platform.control.RetryConflicts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;

/** The two short transactions of which a step of compaction consists. */
@ApplicationScoped
public class CompactionSteps {
  /** Segments of one step. */
  private static final int STEP = 256;

  /** Payloads of one step: written and removed, they stay below the limit of a transaction. */
  private static final int STEP_BYTES = 3 << 20;

  @Inject LogStreams streams;
  @Inject LogSegments segments;
  @Inject SegmentUpkeep upkeep;

  /**
   * Segments of one stream, with what they hold.
   *
   * @param cut whether more of the same kind may follow
   */
  record Found(List<OpenedSegment> run, boolean cut) {}

  /**
   * What becomes of segments that follow each other.
   *
   * @param state theirs from now on, unless others take their place
   * @param merged what takes their place; nothing when they stay
   */
  record Settled(List<SegmentInfo> sources, SegmentState state, List<Merged> merged) {
    /** A segment that takes the place of smaller ones. */
    record Merged(long firstLine, SegmentState state, EncodedSegment encoded) {}

    static Settled as(SegmentState state, List<SegmentInfo> sources) {
      return new Settled(sources, state, List.of());
    }
  }

  /** Finds the segments that wait longest; none when all are younger than a time. */
  @Transactional
  Found find(SegmentState state, long createdBefore) {
    SegmentPlace oldest = upkeep.oldest(state, createdBefore);
    if (oldest == null) {
      return new Found(List.of(), false);
    }
    // Younger ones go along: the next step is only due when the first of those to come is old.
    List<SegmentInfo> run = upkeep.run(state, oldest, STEP);
    List<SegmentInfo> some = SegmentInfo.upTo(STEP_BYTES, run);
    boolean cut = some.size() == STEP || some.size() < run.size();
    return new Found(some.isEmpty() ? List.of() : segments.open(some), cut);
  }

  /** Exchanges segments of one stream. */
  @RetryConflicts
  @Transactional
  void settle(List<Settled> all, long now) {
    long streamId = all.get(0).sources().get(0).streamId();
    LogStream stream = streams.lock(List.of(streamId)).get(streamId);
    for (Settled settled : all) {
      if (stream == null || settled.sources().get(0).firstLine() <= stream.purgedThrough()) {
        // They are removed soon, or the mark cuts them: then they stay as they are.
        settled.sources().forEach(info -> upkeep.mark(info, SegmentState.COMPACT));
      } else if (settled.merged().isEmpty()) {
        settled.sources().forEach(info -> upkeep.mark(info, settled.state()));
      } else {
        exchange(stream, settled, now);
      }
    }
  }

  private void exchange(LogStream stream, Settled settled, long now) {
    if (upkeep.remove(settled.sources()) != settled.sources().size()) {
      throw new IllegalStateException(
          "Segments of stream " + stream.id() + " changed while they were merged");
    }
    int bucket = settled.sources().get(0).bucket();
    long moreBytes = -settled.sources().stream().mapToLong(SegmentInfo::payloadBytes).sum();
    for (Settled.Merged merged : settled.merged()) {
      segments.insert(
          List.of(new NewSegment(stream, merged.firstLine(), bucket, merged.encoded())),
          merged.state(),
          now);
      moreBytes += merged.encoded().payload().length;
    }
    streams.resize(stream.id(), moreBytes);
  }
}
