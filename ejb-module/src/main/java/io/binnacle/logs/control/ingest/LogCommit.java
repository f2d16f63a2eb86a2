package io.binnacle.logs.control.ingest;

import io.binnacle.logs.entity.LineBuffer;
import io.binnacle.logs.entity.LogAppend;
import io.binnacle.logs.entity.LogStream;
import io.binnacle.logs.store.ClientWindow;
import io.binnacle.logs.store.LogClients;
import io.binnacle.logs.store.NewSegment;
import io.binnacle.platform.control.ingest.GroupCommitter.Outcome;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one group commit will write: decided under the locks of its streams, before anything is
 * written. Holds no connection and can be tested with plain values.
 */
final class LogCommit {
  /** A sender may leave out any numbers it likes, and a sum of such gaps would leave a long. */
  private static final long MAX_UNSEEN = 1_000_000;

  private final Map<Long, LogStream> streams;
  private final Map<LogClients.Key, ClientWindow> windows;
  private final long now;

  private final List<Outcome<LogAck>> outcomes = new ArrayList<>();
  private final Map<Long, Long> nextLines = new LinkedHashMap<>();
  private final Map<Long, List<PendingBatch>> accepted = new LinkedHashMap<>();
  private final Map<LogClients.Key, ClientWindow> changed = new LinkedHashMap<>();
  private final Map<Refused, Long> refusals = new TreeMap<>();

  /** A counter of the ledger; sorted, so that all transactions lock the rows in one order. */
  record Refused(long projectId, String reason) implements Comparable<Refused> {
    @Override
    public int compareTo(Refused other) {
      int byProject = Long.compare(projectId, other.projectId);
      return byProject != 0 ? byProject : reason.compareTo(other.reason);
    }
  }

  /**
   * @param streams the locked streams, by id
   * @param windows the windows of the senders that are known
   * @param now nanoseconds since 1970
   */
  LogCommit(Map<Long, LogStream> streams, Map<LogClients.Key, ClientWindow> windows, long now) {
    this.streams = streams;
    this.windows = new HashMap<>(windows);
    this.now = now;
  }

  /** Decides on one more batch of the group. */
  void take(PendingBatch pending) {
    LogStream stream = streams.get(pending.streamId());
    if (stream == null || stream.deleted()) {
      outcomes.add(
          Outcome.refused(
              ProblemException.of(ProblemType.RUN_DELETED, "The owner of this log was deleted.")));
      return;
    }
    LogClients.@Nullable Key sender = pending.sender();
    outcomes.add(
        sender == null
            ? Outcome.stored(store(stream, pending))
            : takeNumbered(stream, pending, sender));
  }

  private Outcome<LogAck> takeNumbered(LogStream stream, PendingBatch pending, LogClients.Key key) {
    LogBatch batch = pending.batch();
    @Nullable ClientWindow known = windows.get(key);
    ClientWindow window = known == null ? new ClientWindow() : known;
    long batchNo = batch.header().batchNo();
    ClientWindow.@Nullable Stored before = window.find(batchNo);
    if (before != null) {
      return before.contentHash() == batch.contentHash()
          ? Outcome.stored(LogAck.repeated(stream.id(), batch, before))
          : Outcome.refused(
              ProblemException.of(
                  ProblemType.BATCH_CONFLICT,
                  "Batch " + batchNo + " of this client was stored with other content."));
    }
    if (window.isBelow(batchNo)) {
      return Outcome.stored(LogAck.belowWindow(stream.id()));
    }
    LogAck ack = store(stream, pending);
    long firstLine = ack.firstLine() == null ? 0 : ack.firstLine();
    long unseen =
        window.add(
            batchNo, new ClientWindow.Stored(batch.contentHash(), firstLine, ack.accepted()));
    count(stream, "batch_never_arrived", Math.min(unseen, MAX_UNSEEN));
    windows.put(key, window);
    changed.put(key, window);
    return Outcome.stored(ack);
  }

  private LogAck store(LogStream stream, PendingBatch pending) {
    LogBatch batch = pending.batch();
    int lines = batch.lines().lines();
    long first = nextLines.getOrDefault(stream.id(), stream.nextLine());
    if (lines > 0) {
      nextLines.put(stream.id(), first + lines);
      accepted.computeIfAbsent(stream.id(), id -> new ArrayList<>()).add(pending);
    }
    count(stream, "truncated", batch.truncated());
    batch.refused().forEach(line -> count(stream, line.code(), 1));
    count(stream, "refused", batch.refusedCount() - batch.refused().size());
    return LogAck.stored(stream.id(), batch, first, lines);
  }

  private void count(LogStream stream, String reason, long times) {
    if (times > 0) {
      refusals.merge(new Refused(stream.projectId(), reason), times, Long::sum);
    }
  }

  /** An answer for every batch taken, in their order. */
  List<Outcome<LogAck>> outcomes() {
    return outcomes;
  }

  /** The next line of every stream that grew. */
  Map<Long, Long> nextLines() {
    return nextLines;
  }

  /** Windows to be written, also new ones. */
  Map<LogClients.Key, ClientWindow> changedWindows() {
    return changed;
  }

  /** What to add to the ledger. */
  Map<Refused, Long> refusals() {
    return refusals;
  }

  /** What the feed will tell. */
  List<LogAppend> appends() {
    List<LogAppend> appends = new ArrayList<>();
    nextLines.forEach(
        (id, next) -> {
          LogStream stream = stream(id);
          appends.add(
              new LogAppend(
                  stream.owner().id(), id, stream.nextLine(), (int) (next - stream.nextLine())));
        });
    return appends;
  }

  /**
   * The new segments. Small batches that follow each other in a stream share them.
   *
   * @param merged a buffer to merge them in
   */
  List<NewSegment> segments(SegmentCutting cutting, LineBuffer merged) {
    List<NewSegment> segments = new ArrayList<>();
    accepted.forEach((id, batches) -> segments(stream(id), batches, cutting, merged, segments));
    return segments;
  }

  private void segments(
      LogStream stream,
      List<PendingBatch> batches,
      SegmentCutting cutting,
      LineBuffer merged,
      List<NewSegment> segments) {
    long first = stream.nextLine();
    merged.clear();
    for (PendingBatch pending : batches) {
      LineBuffer lines = pending.batch().lines();
      if (pending.cuts().isEmpty()) {
        merged.addAll(lines, 0, lines.lines());
        continue;
      }
      place(stream, first, cutting.byHour(merged, now), segments);
      first += merged.lines();
      merged.clear();
      place(stream, first, pending.cuts(), segments);
      first += lines.lines();
    }
    place(stream, first, cutting.byHour(merged, now), segments);
  }

  private static void place(
      LogStream stream, long first, List<SegmentCut> cuts, List<NewSegment> segments) {
    for (SegmentCut cut : cuts) {
      segments.add(new NewSegment(stream, first + cut.from(), cut.bucket(), cut.encoded()));
    }
  }

  private LogStream stream(long id) {
    LogStream stream = streams.get(id);
    if (stream == null) {
      throw new IllegalStateException("A stream that was not locked: " + id);
    }
    return stream;
  }
}
