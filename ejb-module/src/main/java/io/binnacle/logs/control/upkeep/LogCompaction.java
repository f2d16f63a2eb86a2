package io.binnacle.logs.control.upkeep;

import io.binnacle.logs.control.ingest.LogIngestion;
import io.binnacle.logs.control.ingest.SegmentCut;
import io.binnacle.logs.control.ingest.SegmentCutting;
import io.binnacle.logs.control.read.LogSearch;
import io.binnacle.logs.control.upkeep.CompactionSteps.Settled;
import io.binnacle.logs.entity.Bucket;
import io.binnacle.logs.entity.LineBuffer;
import io.binnacle.logs.entity.SegmentInfo;
import io.binnacle.logs.entity.SegmentState;
import io.binnacle.logs.store.OpenedSegment;
import io.binnacle.logs.store.segment.CorruptSegmentException;
import io.binnacle.logs.store.segment.EncodedSegment;
import io.binnacle.logs.store.segment.Segment;
import io.binnacle.logs.store.segment.SegmentEncoder;
import io.binnacle.platform.control.DatabaseTrouble;
import io.binnacle.platform.entity.Times;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Merges the small segments that ingest writes into large ones: a tenth of the rows, and a third
 * less bytes. They are read and encoded without a lock; only their exchange holds the lock of the
 * stream, for which the senders of the stream would wait.
 *
 * <p>A busy stream fills whole segments at once. A slow one has only a few lines after a minute:
 * what they make is {@code WARM}, and is merged once more when its hour is over. So every line is
 * written three times at most, however slowly lines come.
 */
@ApplicationScoped
public class LogCompaction {
  private static final Logger LOG = System.getLogger(LogCompaction.class.getName());

  /** From here on a segment is large enough for good. */
  private static final int FULL_BYTES = SegmentEncoder.MAX_RAW_BYTES / 2;

  private static final int FULL_LINES = SegmentEncoder.MAX_LINES / 2;

  /**
   * While senders or readers wait it rests three times as long as it works, so that they have the
   * machine for themselves: on two cores, merging took as much of them as ingest. Once it is
   * minutes behind it rests no more.
   */
  private static final int RESTS = 3;

  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(4);

  @Inject CompactionSteps steps;
  @Inject SegmentCutting cutting;
  @Inject LogIngestion ingestion;
  @Inject LogSearch search;
  @Inject Clock clock;

  @Inject
  @ConfigProperty(name = "binnacle.logs.compact-after.seconds", defaultValue = "60")
  long compactAfterSeconds;

  /**
   * Merges a step of one stream.
   *
   * @return whether there may be more
   */
  @Transactional(Transactional.TxType.NOT_SUPPORTED)
  public boolean step() {
    long now = Times.nanos(clock.instant());
    return step(SegmentState.HOT, now - TimeUnit.SECONDS.toNanos(compactAfterSeconds), now)
        || step(SegmentState.WARM, now - Bucket.NANOS, now);
  }

  private boolean step(SegmentState state, long createdBefore, long now) {
    long began = System.nanoTime();
    CompactionSteps.Found found = steps.find(state, createdBefore);
    if (found.run().isEmpty()) {
      return false;
    }
    exchange(state, found, now);
    boolean awaited = ingestion.isBusy() || search.isBusy();
    if (awaited && found.overdueNanos() < PATIENCE_NANOS) {
      LockSupport.parkNanos(RESTS * (System.nanoTime() - began));
    }
    return true;
  }

  private void exchange(SegmentState state, CompactionSteps.Found found, long now) {
    List<Settled> settled = new ArrayList<>();
    int at = 0;
    while (at < found.run().size()) {
      List<OpenedSegment> together = together(found.run().subList(at, found.run().size()));
      int end = at + together.size();
      boolean mayGrow =
          found.cut() && end == found.run().size()
              || state == SegmentState.WARM && isOpen(together.get(0).info(), now);
      if (at > 0 && mayGrow) {
        break;
      }
      settled.add(settle(state, together));
      at = end;
    }
    settle(settled, now);
    LOG.log(Level.DEBUG, "{0} segments were settled in {1} steps", at, settled.size());
  }

  /**
   * What the database will not take, it would not take the next time either: it must not be found
   * first for ever, before all others.
   */
  private void settle(List<Settled> settled, long now) {
    try {
      steps.settle(settled, now);
    } catch (RuntimeException e) {
      if (DatabaseTrouble.isBehind(e)) {
        throw e;
      }
      if (settled.size() > 1) {
        settled.forEach(one -> settle(List.of(one), now));
        return;
      }
      List<SegmentInfo> sources = settled.get(0).sources();
      LOG.log(Level.ERROR, "Segments of stream " + sources.get(0).streamId() + " stay unmerged", e);
      steps.settle(List.of(asTheyAre(sources)), now);
    }
  }

  /** Whether lines still come into the bucket: they shall be merged with those that are there. */
  private static boolean isOpen(SegmentInfo info, long now) {
    return info.bucket() == Bucket.of(now);
  }

  /** The first of a run that may become one segment: of one bucket, and not too large for it. */
  private static List<OpenedSegment> together(List<OpenedSegment> run) {
    int count = 1;
    int raw = run.get(0).info().rawBytes();
    int lines = run.get(0).info().lines();
    while (count < run.size()) {
      SegmentInfo last = run.get(count - 1).info();
      SegmentInfo next = run.get(count).info();
      raw += next.rawBytes();
      lines += next.lines();
      if (last.endLine() != next.firstLine()
          || last.bucket() != next.bucket()
          || raw > SegmentEncoder.MAX_RAW_BYTES
          || lines > SegmentEncoder.MAX_LINES) {
        break;
      }
      count++;
    }
    return run.subList(0, count);
  }

  private Settled settle(SegmentState state, List<OpenedSegment> together) {
    List<SegmentInfo> sources = together.stream().map(OpenedSegment::info).toList();
    if (sources.size() == 1) {
      SegmentInfo alone = sources.get(0);
      return Settled.as(after(state, alone.rawBytes(), alone.lines()), sources);
    }
    try {
      return new Settled(sources, SegmentState.COMPACT, merge(state, together));
    } catch (CorruptSegmentException e) {
      LOG.log(Level.ERROR, "Segments of stream " + sources.get(0).streamId() + " are damaged", e);
      return asTheyAre(sources);
    }
  }

  /** For ever: what can still be read of them stays readable. */
  private static Settled asTheyAre(List<SegmentInfo> sources) {
    return Settled.as(SegmentState.COMPACT, sources);
  }

  /** What becomes of a segment; a small one has a second chance. */
  private static SegmentState after(SegmentState state, int rawBytes, int lines) {
    return state == SegmentState.HOT && rawBytes < FULL_BYTES && lines < FULL_LINES
        ? SegmentState.WARM
        : SegmentState.COMPACT;
  }

  private List<Settled.Merged> merge(SegmentState state, List<OpenedSegment> together) {
    LineBuffer lines = new LineBuffer();
    int expected = 0;
    for (OpenedSegment opened : together) {
      Segment segment = opened.readable();
      segment.copyTo(lines, 0, segment.lines());
      expected += opened.info().lines();
    }
    if (lines.lines() != expected) {
      throw new CorruptSegmentException("The lines are not as many as were noted");
    }
    long first = together.get(0).info().firstLine();
    List<Settled.Merged> merged = new ArrayList<>();
    for (SegmentCut cut : cutting.within(together.get(0).info().bucket(), lines)) {
      EncodedSegment encoded = cut.encoded();
      SegmentState after = after(state, encoded.rawBytes(), encoded.lines());
      merged.add(new Settled.Merged(first + cut.from(), after, encoded));
    }
    return merged;
  }
}
