package io.binnacle.logs.control;

import io.binnacle.logs.entity.LineBuffer;
import io.binnacle.logs.entity.LogStream;
import io.binnacle.logs.entity.SegmentInfo;
import io.binnacle.logs.store.LogSegments;
import io.binnacle.logs.store.LogStreams;
import io.binnacle.logs.store.NewSegment;
import io.binnacle.logs.store.segment.CorruptSegmentException;
import io.binnacle.logs.store.segment.Segment;
import io.binnacle.logs.store.segment.SegmentEncoder;
import io.binnacle.platform.control.RetryConflicts;
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
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Merges the small segments that ingest writes into large ones: a tenth of the rows, and a third
 * less bytes. Under the lock of the stream, so that nobody appends, purges or compacts it
 * meanwhile.
 */
@ApplicationScoped
public class LogCompaction {
  private static final Logger LOG = System.getLogger(LogCompaction.class.getName());

  /** Segments that one transaction merges: their payloads stay far below 8 MB. */
  private static final int STEP = 256;

  @Inject LogStreams streams;
  @Inject LogSegments segments;
  @Inject Clock clock;

  @Inject
  @ConfigProperty(name = "binnacle.logs.compact-after.seconds", defaultValue = "60")
  long compactAfterSeconds;

  /**
   * Merges a step of one stream.
   *
   * @return whether there may be more
   */
  @RetryConflicts
  @Transactional
  public boolean step() {
    long now = Times.nanos(clock.instant());
    long old = now - TimeUnit.SECONDS.toNanos(compactAfterSeconds);
    List<Long> found = segments.streamsWithHot(old, 0, 1);
    if (found.isEmpty()) {
      return false;
    }
    LogStream stream = streams.lock(found).get(found.get(0));
    if (stream == null) {
      return false;
    }
    List<SegmentInfo> hot = segments.hot(stream.id(), 0, old, STEP);
    int at = 0;
    while (at < hot.size()) {
      List<SegmentInfo> neighbours = neighbours(hot, at, stream);
      merge(stream, neighbours, now);
      at += neighbours.size();
    }
    return true;
  }

  /** Segments that follow each other in one bucket, on one side of the purge mark. */
  private static List<SegmentInfo> neighbours(List<SegmentInfo> hot, int from, LogStream stream) {
    List<SegmentInfo> found = new ArrayList<>();
    SegmentInfo last = null;
    int raw = 0;
    for (SegmentInfo info : hot.subList(from, hot.size())) {
      boolean fits =
          last == null
              || last.endLine() == info.firstLine()
                  && last.bucket() == info.bucket()
                  && raw + info.rawBytes() <= SegmentEncoder.MAX_RAW_BYTES
                  && (last.firstLine() > stream.purgedThrough())
                      == (info.firstLine() > stream.purgedThrough());
      if (!fits) {
        break;
      }
      found.add(info);
      raw += info.rawBytes();
      last = info;
    }
    return found;
  }

  private void merge(LogStream stream, List<SegmentInfo> sources, long now) {
    if (sources.size() == 1) {
      segments.markCompact(sources);
      return;
    }
    LineBuffer lines = new LineBuffer();
    try {
      for (SegmentInfo info : sources) {
        Segment segment = segments.open(info);
        if (segment == null) {
          throw new CorruptSegmentException("The payload is missing");
        }
        segment.copyTo(lines, 0, segment.lines());
      }
    } catch (CorruptSegmentException e) {
      // Left as they are: what can still be read of them stays readable.
      LOG.log(Level.ERROR, "Segments of stream " + stream.id() + " are damaged", e);
      segments.markCompact(sources);
      return;
    }
    List<NewSegment> merged = encode(stream, sources.get(0), lines);
    int expected = sources.stream().mapToInt(SegmentInfo::lines).sum();
    if (lines.lines() != expected || segments.remove(sources) != sources.size()) {
      throw new IllegalStateException("Compaction of stream " + stream.id() + " lost its lines");
    }
    segments.insertCompact(merged, now);
  }

  private static List<NewSegment> encode(LogStream stream, SegmentInfo first, LineBuffer lines) {
    SegmentEncoder encoder = new SegmentEncoder();
    List<NewSegment> merged = new ArrayList<>();
    int from = 0;
    while (from < lines.lines()) {
      int end = SegmentEncoder.end(lines, from, lines.lines());
      merged.add(
          new NewSegment(
              stream, first.firstLine() + from, first.bucket(), encoder.encode(lines, from, end)));
      from = end;
    }
    return merged;
  }
}
