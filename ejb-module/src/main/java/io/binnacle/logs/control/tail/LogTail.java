package io.binnacle.logs.control.tail;

import io.binnacle.logs.control.LogAddress;
import io.binnacle.logs.control.LogFeed;
import io.binnacle.logs.control.LogsCleared;
import io.binnacle.logs.control.read.LogQuery;
import io.binnacle.logs.control.read.LogSearch;
import io.binnacle.logs.control.read.SegmentReads;
import io.binnacle.logs.entity.LogAppend;
import io.binnacle.logs.entity.LogFilter;
import io.binnacle.logs.entity.LogLine;
import io.binnacle.logs.entity.LogStream;
import io.binnacle.logs.entity.OwnerKind;
import io.binnacle.logs.store.LineMatcher;
import io.binnacle.logs.store.LogCommits;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.runs.control.RunLookup;
import io.binnacle.runs.control.RunStatusChanged;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Live tails. Commits only say that a stream grew; the new lines are read from the store, once for
 * all viewers of a log with the same filter. A viewer's place is the next line of each stream,
 * which is exact because a stream has no gaps.
 */
@ApplicationScoped
public class LogTail {
  private static final int HISTORY_LINES = 500;

  /** Characters of a history: with the longest messages it has fewer lines. */
  private static final long HISTORY_CHARS = 2 << 20;

  @Inject LogSearch search;
  @Inject SegmentReads reads;
  @Inject LogFeed feed;
  @Inject RunLookup runs;
  @Resource ManagedScheduledExecutorService scheduler;

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
   * @throws ProblemException as {@link #check}; then, and after any other failure, nobody sits
   */
  @Transactional(Transactional.TxType.NOT_SUPPORTED)
  public Opened open(
      LogAddress log, TailQuery query, @Nullable Map<Long, Long> from, TailViewer viewer) {
    check(query.filter());
    long owner = log.owner().id();
    while (true) {
      TailedLog room = tailed.computeIfAbsent(owner, id -> room(log));
      try {
        // Read when the room is there: it hears of what is committed from now on.
        List<LogStream> streams = reads.streams(log.scope(), log.owner());
        Map<Long, Long> positions = room.enter(viewer, query, streams);
        if (positions != null) {
          if (room.state().isUnknown()) {
            lookForNews(room);
          }
          TailStart start =
              from == null ? newest(log, query, positions) : since(log, query, from, positions);
          return new Opened(() -> leave(owner, room, viewer), start);
        }
      } catch (RuntimeException | Error e) {
        leave(owner, room, viewer);
        throw e;
      }
      // The last viewer left the room while we came in; it is empty and will not be used again.
      tailed.remove(owner, room);
    }
  }

  private TailedLog room(LogAddress log) {
    return new TailedLog(
        log, reads, search, (task, nanos) -> scheduler.schedule(task, nanos, TimeUnit.NANOSECONDS));
  }

  private void leave(long ownerId, TailedLog room, TailViewer viewer) {
    if (room.leave(viewer)) {
      tailed.remove(ownerId, room);
    }
  }

  private TailStart newest(LogAddress log, TailQuery query, Map<Long, Long> positions) {
    List<LogLine> history = new ArrayList<>(newest(log, query));
    // What came after the positions were taken will be delivered.
    history.removeIf(line -> line.line() >= positions.getOrDefault(line.streamId(), 1L));
    Collections.reverse(history);
    List<LogStream> streams = reads.streams(log.scope(), log.owner());
    return new TailStart(history, List.of(), List.of(), names(streams), positions);
  }

  private List<LogLine> newest(LogAddress log, TailQuery query) {
    if (query.stream() != null
        && reads.streams(log.scope(), log.owner()).stream().noneMatch(query::accepts)) {
      return List.of();
    }
    LogQuery page = LogQuery.newest(query.filter(), query.stream(), HISTORY_LINES);
    return search.page(log.scope(), log.owner(), page, HISTORY_CHARS).items();
  }

  private TailStart since(
      LogAddress log, TailQuery query, Map<Long, Long> from, Map<Long, Long> positions) {
    List<LogStream> streams = reads.streams(log.scope(), log.owner());
    CatchUp missed = new CatchUp(new TailReading(search, log.scope()), query.filter());
    for (LogStream stream : streams) {
      if (query.accepts(stream)) {
        long next = from.getOrDefault(stream.id(), 0L) + 1;
        missed.add(stream, next, positions.getOrDefault(stream.id(), 1L));
      }
    }
    return missed.read(names(streams), positions);
  }

  private static Map<Long, String> names(List<LogStream> streams) {
    return streams.stream().collect(Collectors.toMap(LogStream::id, LogStream::name));
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
      room.state().clearedHere();
      room.each(viewer -> viewer.cleared(event.through()));
    }
  }

  void statusChanged(@Observes(during = TransactionPhase.AFTER_SUCCESS) RunStatusChanged event) {
    TailedLog room = tailed.get(event.runKey());
    if (room != null) {
      room.state().isNews(event.status());
      room.each(viewer -> viewer.status(event.status().name()));
    }
  }

  /** Looks whether another server cleared a log that is followed here, or ended its run. */
  @Transactional(Transactional.TxType.NOT_SUPPORTED)
  public void lookForNews() {
    tailed.values().forEach(this::lookForNews);
  }

  private void lookForNews(TailedLog room) {
    LogAddress log = room.log();
    // Before the streams are read: one that is told of and not among them was deleted.
    Map<Long, Long> served = room.served();
    List<LogStream> streams = reads.streams(log.scope(), log.owner());
    if (room.state().isCleared(streams)) {
      Map<Long, Long> through = deletedThrough(served, streams);
      room.each(viewer -> viewer.cleared(through));
    }
    if (log.owner().kind() == OwnerKind.RUN) {
      runs.status(log.scope(), log.owner().id())
          .filter(room.state()::isNews)
          .ifPresent(status -> room.each(viewer -> viewer.status(status.name())));
    }
  }

  private static Map<Long, Long> deletedThrough(Map<Long, Long> served, List<LogStream> streams) {
    Map<Long, Long> through = new HashMap<>(served);
    streams.forEach(stream -> through.put(stream.id(), stream.firstLine()));
    through.replaceAll((stream, next) -> next - 1);
    through.values().removeIf(line -> line == 0);
    return through;
  }

  /** Looks at the streams of every log that is followed, for what no commit told of. */
  public void catchUp() {
    tailed.values().forEach(TailedLog::catchUp);
  }

  /** Whether anybody follows anything here: if not, other servers need not be asked. */
  public boolean isWatched() {
    return !tailed.isEmpty();
  }
}
