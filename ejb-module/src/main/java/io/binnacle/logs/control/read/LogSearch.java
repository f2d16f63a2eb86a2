package io.binnacle.logs.control.read;

import io.binnacle.logs.entity.LogFilter;
import io.binnacle.logs.entity.LogLine;
import io.binnacle.logs.entity.LogOwner;
import io.binnacle.logs.entity.LogPage;
import io.binnacle.logs.entity.LogStream;
import io.binnacle.logs.store.LineMatcher;
import io.binnacle.platform.entity.Cursor;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.security.entity.ProjectScope;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Reads a log in pages: one stream by line, or all streams merged by time. */
@ApplicationScoped
public class LogSearch {
  /**
   * Lines of a page that a walk over a whole log takes at once. Every page opens the segments of
   * all streams around its place again, so a small one is dear.
   */
  private static final int WALK_PAGE = 50_000;

  /** Characters of the lines of a page: with the longest messages it gets fewer lines. */
  private static final long PAGE_CHARS = 16 << 20;

  /** Compaction rests between its rounds: it hardly ever overtakes one page twice. */
  private static final int ATTEMPTS = 3;

  /** What a line takes besides its texts. */
  private static final int LINE_CHARS = 100;

  @Inject SegmentReads reads;

  @Resource(lookup = "java:comp/DefaultManagedExecutorService")
  Executor executor;

  @Inject
  @ConfigProperty(name = "binnacle.logs.search.millis", defaultValue = "2000")
  long searchMillis;

  @Inject
  @ConfigProperty(name = "binnacle.logs.search.max-bytes", defaultValue = "2147483648")
  long searchBytes;

  private final AtomicInteger pages = new AtomicInteger();

  /** Whether somebody waits for a page on this server. */
  public boolean isBusy() {
    return pages.get() > 0;
  }

  /**
   * One page.
   *
   * @throws ProblemException when there is no such stream, or filter or cursor are not valid
   */
  @Transactional(Transactional.TxType.NOT_SUPPORTED)
  public LogPage page(ProjectScope scope, LogOwner owner, LogQuery query) {
    return page(scope, owner, query, PAGE_CHARS);
  }

  /**
   * As {@link #page(ProjectScope, LogOwner, LogQuery)}, but shorter when its lines are long; for
   * callers that hold no transaction.
   *
   * @param chars about how many its lines may take, as {@link #sizeOf} counts them; the first line
   *     comes however long it is
   * @throws ProblemException when there is no such stream, or filter or cursor are not valid
   */
  public LogPage page(ProjectScope scope, LogOwner owner, LogQuery query, long chars) {
    pages.incrementAndGet();
    try {
      List<LogStream> streams = reads.streams(scope, owner);
      LogStream stream = oneOf(streams, query);
      return stream == null
          ? merged(scope, owner, streams, query, chars)
          : single(scope, owner, stream, query, chars);
    } finally {
      pages.decrementAndGet();
    }
  }

  /**
   * Gives every line that a query matches to a receiver, however long it takes, in short
   * transactions.
   *
   * @param receiver answers false to stop
   * @throws ProblemException INVALID_REGEX when the expression takes too long on some lines
   */
  @Transactional(Transactional.TxType.NOT_SUPPORTED)
  public void each(
      ProjectScope scope, LogOwner owner, LogQuery query, Predicate<LogLine> receiver) {
    List<LogStream> streams = reads.streams(scope, owner);
    LogStream stream = streams.size() == 1 ? streams.get(0) : null;
    if (query.stream() != null || stream == null) {
      stream = oneOf(streams, query);
    }
    if (stream != null) {
      walk(scope, stream, query, receiver);
      return;
    }
    LinePosition position = null;
    do {
      PageBounds bounds = new PageBounds(query.descending(), WALK_PAGE, PAGE_CHARS, position);
      MergedSearch search = merge(scope, owner, streams, query.filter(), bounds);
      for (LogLine line : search.lines()) {
        if (!receiver.test(line)) {
          return;
        }
      }
      position = search.next();
    } while (position != null);
  }

  /**
   * Gives the lines of one stream that pass a filter to a receiver, the newest first.
   *
   * @param from the first line, inclusive
   * @param to the last line, inclusive
   * @param likely how many lines the receiver will take at most, at least 1
   * @param receiver answers false to stop
   * @throws ProblemException as {@link #each}, also when the time of the matcher is over
   */
  @Transactional(Transactional.TxType.NOT_SUPPORTED)
  public void eachNewest(
      ProjectScope scope,
      LogStream stream,
      LineMatcher matcher,
      long from,
      long to,
      int likely,
      Predicate<LogLine> receiver) {
    long last = to;
    StreamSearch search;
    do {
      search = new StreamSearch(reads, scope, stream, matcher, budget(), likely);
      last = search.backwards(from, last, receiver);
    } while (!search.complete());
  }

  /** With a budget for each round: a walk may take hours, an expression that gets nowhere not. */
  private void walk(
      ProjectScope scope, LogStream stream, LogQuery query, Predicate<LogLine> receiver) {
    LineMatcher matcher = new LineMatcher(query.filter());
    long from = query.fromLine();
    long to = query.toLine();
    StreamSearch search;
    do {
      search = new StreamSearch(reads, scope, stream, matcher, budget(), WALK_PAGE);
      if (query.descending()) {
        to = search.backwards(from, to, receiver);
      } else {
        from = search.forwards(from, to, receiver);
      }
    } while (!search.complete());
  }

  /** About the memory that a line takes, in characters. */
  public static long sizeOf(LogLine line) {
    String fields = line.fieldsJson();
    return LINE_CHARS + line.message().length() + (fields == null ? 0 : fields.length());
  }

  /**
   * The one stream that a query is about; null for all of them.
   *
   * @throws ProblemException NOT_FOUND, or INVALID_FIELD when line numbers are given without the
   *     stream in which they count
   */
  private static @Nullable LogStream oneOf(List<LogStream> streams, LogQuery query) {
    String wanted = query.stream();
    if (wanted != null) {
      return named(streams, wanted);
    }
    if (query.isWholeRange()) {
      return null;
    }
    if (streams.size() > 1) {
      throw ProblemException.field(
          "stream", "Lines are numbered in each stream: name the one that is meant.");
    }
    return streams.isEmpty() ? null : streams.get(0);
  }

  /**
   * A stream by its id, or else by its name.
   *
   * @throws ProblemException NOT_FOUND
   */
  static LogStream named(List<LogStream> streams, String idOrName) {
    return streams.stream()
        .filter(stream -> Long.toString(stream.id()).equals(idOrName))
        .findFirst()
        .or(() -> streams.stream().filter(stream -> stream.isCalled(idOrName)).findFirst())
        .orElseThrow(() -> ProblemException.notFound("stream"));
  }

  private LogPage single(
      ProjectScope scope, LogOwner owner, LogStream stream, LogQuery query, long chars) {
    String bound = query.canonical(owner.id());
    long from = query.fromLine();
    long to = query.toLine();
    if (query.cursor() != null) {
      long line = Cursor.decodeNumber(bound, query.cursor());
      from = query.descending() ? from : Math.max(from, line);
      to = query.descending() ? Math.min(to, line) : to;
    }
    ScanBudget budget = budget();
    StreamSearch search =
        new StreamSearch(
            reads, scope, stream, new LineMatcher(query.filter()), budget, query.limit());
    List<LogLine> items = new ArrayList<>();
    long[] room = {chars};
    Predicate<LogLine> untilFull =
        line -> {
          items.add(line);
          room[0] -= sizeOf(line);
          return items.size() < query.limit() && room[0] > 0;
        };
    long next =
        query.descending()
            ? search.backwards(from, to, untilFull)
            : search.forwards(from, to, untilFull);
    boolean more =
        query.descending()
            ? next >= Math.max(from, stream.firstLine())
            : next <= Math.min(to, stream.nextLine() - 1);
    String cursor = more ? Cursor.encode(bound, List.of(Long.toString(next))) : null;
    LogTotal total = totals(scope, owner, List.of(stream)).of(query, items.size(), more);
    return new LogPage(
        items, cursor, total.lines(), total.exact(), budget.bytes(), search.complete());
  }

  private LogPage merged(
      ProjectScope scope, LogOwner owner, List<LogStream> streams, LogQuery query, long chars) {
    String bound = query.canonical(owner.id());
    LinePosition position =
        query.cursor() == null ? null : LinePosition.decode(bound, query.cursor());
    PageBounds bounds = new PageBounds(query.descending(), query.limit(), chars, position);
    MergedSearch search = merge(scope, owner, streams, query.filter(), bounds);
    List<LogLine> items = search.lines();
    LinePosition next = search.next();
    String cursor = next == null ? null : next.encode(bound);
    LogTotal total = totals(scope, owner, streams).of(query, items.size(), next != null);
    return new LogPage(
        items, cursor, total.lines(), total.exact(), search.bytes(), search.complete());
  }

  /** Reads a page again that compaction changed while it was read. */
  private MergedSearch merge(
      ProjectScope scope,
      LogOwner owner,
      List<LogStream> streams,
      LogFilter filter,
      PageBounds bounds) {
    Map<Long, LogStream> byId =
        streams.stream().collect(Collectors.toMap(LogStream::id, Function.identity()));
    LineMatcher matcher = new LineMatcher(filter);
    MergedSearch search;
    SegmentsByTime segments;
    int attempt = 0;
    do {
      segments =
          SegmentsByTime.of(reads, scope, owner, byId, filter, bounds.descending(), bounds.after());
      search = new MergedSearch(reads, executor, scope, byId, matcher, budget(), bounds);
      search.run(segments);
    } while (segments.wereOvertaken() && ++attempt < ATTEMPTS);
    return search;
  }

  private LogTotals totals(ProjectScope scope, LogOwner owner, List<LogStream> streams) {
    return new LogTotals(new WholeSegments(reads, scope, owner, streams), streams);
  }

  private ScanBudget budget() {
    return new ScanBudget(TimeUnit.MILLISECONDS.toNanos(searchMillis), searchBytes);
  }
}
