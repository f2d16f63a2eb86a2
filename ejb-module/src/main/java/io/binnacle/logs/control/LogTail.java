package io.binnacle.logs.control;

import io.binnacle.logs.entity.LogAppend;
import io.binnacle.logs.entity.LogFilter;
import io.binnacle.logs.entity.LogLine;
import io.binnacle.logs.entity.LogPage;
import io.binnacle.logs.entity.LogStream;
import io.binnacle.logs.store.LineMatcher;
import io.binnacle.logs.store.LogCommits;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.runs.control.RunStatusChanged;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Live tails. Commits only say that a stream grew; the new lines are read from the store, once for
 * all viewers of a log with the same filter. A viewer's place is the next line of each stream,
 * which is exact because a stream has no gaps.
 */
@ApplicationScoped
public class LogTail {
  /** Lines that a viewer who comes back gets in full; of more, only the newest. */
  private static final int CATCH_UP_LINES = 10_000;

  private static final int HISTORY_LINES = 500;

  @Inject LogSearch search;
  @Inject SegmentReads reads;
  @Inject LogFeed feed;
  @Resource ManagedExecutorService executor;

  private final Map<Long, TailedLog> tailed = new ConcurrentHashMap<>();

  @PostConstruct
  void listen() {
    feed.listen(this::committed);
  }

  /** A viewer's seat. */
  public interface Seat extends AutoCloseable {
    @Override
    void close();
  }

  /** A viewer's seat and where the view begins. */
  public record Opened(Seat seat, TailStart start) {}

  /**
   * Refuses a filter that is no good, before anybody sits down or gives up a seat.
   *
   * @throws ProblemException INVALID_REGEX
   */
  public void check(LogFilter filter) {
    // The constructor compiles the expression.
    new LineMatcher(filter);
  }

  /**
   * Seats a viewer.
   *
   * @param from the last line seen of each stream, or null to begin with the newest lines
   * @throws ProblemException as {@link #check}
   */
  @Transactional(Transactional.TxType.NOT_SUPPORTED)
  public Opened open(
      LogAddress log, LogFilter filter, @Nullable Map<Long, Long> from, TailViewer viewer) {
    check(filter);
    while (true) {
      TailedLog room =
          tailed.computeIfAbsent(
              log.owner().id(), id -> new TailedLog(log, reads, search, executor));
      Map<Long, Long> positions = room.enter(viewer, filter);
      if (positions != null) {
        Seat seat = () -> leave(log.owner().id(), room, viewer);
        TailStart start =
            from == null ? newest(log, filter, positions) : since(log, filter, from, positions);
        return new Opened(seat, start);
      }
      // The last viewer left the room while we came in; it is empty and will not be used again.
      tailed.remove(log.owner().id(), room);
    }
  }

  private void leave(long ownerId, TailedLog room, TailViewer viewer) {
    if (room.leave(viewer)) {
      tailed.remove(ownerId, room);
    }
  }

  private TailStart newest(LogAddress log, LogFilter filter, Map<Long, Long> positions) {
    LogPage page = search.page(log.scope(), log.owner(), LogQuery.newest(filter, HISTORY_LINES));
    List<LogLine> history = new ArrayList<>(page.items());
    // What came after the positions were taken will be delivered.
    history.removeIf(line -> line.line() >= positions.getOrDefault(line.streamId(), 1L));
    Collections.reverse(history);
    return new TailStart(history, List.of(), List.of(), positions);
  }

  private TailStart since(
      LogAddress log, LogFilter filter, Map<Long, Long> from, Map<Long, Long> positions) {
    List<LogLine> missed = new ArrayList<>();
    List<TailFrame> skipped = new ArrayList<>();
    List<TailFrame> gone = new ArrayList<>();
    for (LogStream stream : reads.streams(log.scope(), log.owner())) {
      long end = positions.getOrDefault(stream.id(), 1L);
      long wanted = from.getOrDefault(stream.id(), 0L) + 1;
      long begin = Math.max(stream.firstLine(), wanted);
      if (wanted < begin) {
        gone.add(new TailFrame(stream.id(), wanted, begin - 1, List.of(), true));
      }
      if (end - begin > CATCH_UP_LINES) {
        skipped.add(new TailFrame(stream.id(), begin, end - HISTORY_LINES - 1, List.of(), true));
        begin = end - HISTORY_LINES;
      }
      if (begin < end) {
        LogQuery query =
            new LogQuery(
                filter, Long.toString(stream.id()), begin, end - 1, false, CATCH_UP_LINES, null);
        search.each(log.scope(), log.owner(), query, missed::add);
      }
    }
    missed.sort(Comparator.comparing(LinePosition::of));
    return new TailStart(missed, skipped, gone, positions);
  }

  private void committed(LogCommits.Entry entry) {
    if (tailed.isEmpty()) {
      return;
    }
    Map<Long, List<LogAppend>> byOwner = new HashMap<>();
    for (LogAppend append : entry.appends()) {
      byOwner.computeIfAbsent(append.ownerId(), id -> new ArrayList<>()).add(append);
    }
    byOwner.forEach(
        (owner, appends) -> {
          TailedLog room = tailed.get(owner);
          if (room != null) {
            room.grew(appends);
          }
        });
  }

  void cleared(@Observes(during = TransactionPhase.AFTER_SUCCESS) LogsCleared event) {
    TailedLog room = tailed.get(event.ownerId());
    if (room != null) {
      room.each(TailViewer::cleared);
    }
  }

  void statusChanged(@Observes(during = TransactionPhase.AFTER_SUCCESS) RunStatusChanged event) {
    TailedLog room = tailed.get(event.runKey());
    if (room != null) {
      room.each(viewer -> viewer.status(event.status().name()));
    }
  }

  /** Looks at the streams of every log that is followed, for what no commit told of. */
  void catchUp() {
    tailed.values().forEach(TailedLog::catchUp);
  }

  /** Whether anybody follows anything here: if not, other servers need not be asked. */
  boolean isWatched() {
    return !tailed.isEmpty();
  }
}
