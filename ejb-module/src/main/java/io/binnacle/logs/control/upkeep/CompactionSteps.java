package io.binnacle.logs.control.upkeep;

import io.binnacle.logs.entity.LogStream;
import io.binnacle.logs.entity.SegmentInfo;
import io.binnacle.logs.entity.SegmentState;
import io.binnacle.logs.store.LogSegments;
import io.binnacle.logs.store.LogStreams;
import io.binnacle.logs.store.NewSegment;
import io.binnacle.logs.store.OpenedSegment;
import io.binnacle.logs.store.SegmentUpkeep;
import io.binnacle.logs.store.segment.EncodedSegment;
import io.binnacle.platform.control.RetryConflicts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

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
   * @param overdueNanos for how long the first of them could have been merged
   */
  record Found(List<OpenedSegment> run, boolean cut, long overdueNanos) {
    static final Found NOTHING = new Found(List.of(), false, 0);
  }

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

    /** The sources of all, together where they follow each other without a gap. */
    static List<List<SegmentInfo>> withoutGaps(List<Settled> all) {
      List<List<SegmentInfo>> runs = new ArrayList<>();
      long end = -1;
      for (Settled settled : all) {
        List<SegmentInfo> sources = settled.sources();
        if (sources.get(0).firstLine() != end) {
          runs.add(new ArrayList<>());
        }
        runs.get(runs.size() - 1).addAll(sources);
        end = sources.get(sources.size() - 1).endLine();
      }
      return runs;
    }
  }

  /** Finds the segments that wait longest; none when all are younger than a time. */
  @Transactional
  Found find(SegmentState state, long createdBefore) {
    SegmentUpkeep.Due oldest = upkeep.oldest(state, createdBefore);
    if (oldest == null) {
      return Found.NOTHING;
    }
    // Younger ones go along: the next step is only due when the first of those to come is old.
    List<SegmentInfo> run = upkeep.run(state, oldest.place(), STEP);
    List<SegmentInfo> some = SegmentInfo.upTo(STEP_BYTES, run);
    boolean cut = some.size() == STEP || some.size() < run.size();
    List<OpenedSegment> opened = some.isEmpty() ? List.of() : segments.open(some);
    return new Found(opened, cut, createdBefore - oldest.createdAt());
  }

  /** Exchanges segments of one stream. */
  @RetryConflicts
  @Transactional
  void settle(List<Settled> all, long now) {
    long streamId = all.get(0).sources().get(0).streamId();
    LogStream stream = streams.lock(List.of(streamId)).get(streamId);
    List<Settled> exchanged = new ArrayList<>();
    for (Settled settled : all) {
      if (stream == null || settled.sources().get(0).firstLine() <= stream.purgedThrough()) {
        // They are removed soon, or the mark cuts them: then they stay as they are.
        settled.sources().forEach(info -> upkeep.mark(info, SegmentState.COMPACT));
      } else if (settled.merged().isEmpty()) {
        settled.sources().forEach(info -> upkeep.mark(info, settled.state()));
      } else {
        exchanged.add(settled);
      }
    }
    if (stream != null && !exchanged.isEmpty()) {
      exchange(stream, exchanged, now);
    }
  }

  /** With few statements: the senders of the stream wait, and whoever shares their commit. */
  private void exchange(LogStream stream, List<Settled> exchanged, long now) {
    long moreBytes = 0;
    for (List<SegmentInfo> sources : Settled.withoutGaps(exchanged)) {
      if (upkeep.remove(sources) != sources.size()) {
        throw new IllegalStateException(
            "Segments of stream " + stream.id() + " changed while they were merged");
      }
      moreBytes -= sources.stream().mapToLong(SegmentInfo::payloadBytes).sum();
    }
    Map<SegmentState, List<NewSegment>> made = new EnumMap<>(SegmentState.class);
    for (Settled settled : exchanged) {
      int bucket = settled.sources().get(0).bucket();
      for (Settled.Merged merged : settled.merged()) {
        made.computeIfAbsent(merged.state(), state -> new ArrayList<>())
            .add(new NewSegment(stream, merged.firstLine(), bucket, merged.encoded()));
        moreBytes += merged.encoded().payload().length;
      }
    }
    made.forEach((state, merged) -> segments.insert(merged, state, now));
    streams.resize(stream.id(), moreBytes);
  }
}
