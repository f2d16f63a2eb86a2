package io.binnacle.logs.control;

import io.binnacle.logs.entity.LogFilter;
import io.binnacle.logs.entity.LogLine;
import io.binnacle.logs.entity.LogStream;
import io.binnacle.security.entity.ProjectScope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/**
 * Reads what a viewer has not seen of a stream. The newest lines are what one wants to see; of more
 * than may be sent, the older ones are told as skipped and can be fetched.
 */
final class TailReading {
  private final LogSearch search;
  private final ProjectScope scope;

  TailReading(LogSearch search, ProjectScope scope) {
    this.search = search;
    this.scope = scope;
  }

  /**
   * The news of a range, in rising order: what is skipped of it, and its lines.
   *
   * @param stream as it is now: it has all lines of the range that were not deleted meanwhile
   * @param end one after the last line
   * @param likely how many lines will be taken at most
   * @param allowance answers false for the first line that may not be sent
   */
  List<TailFrame> newest(
      LogStream stream,
      LogFilter filter,
      long from,
      long end,
      int likely,
      Predicate<LogLine> allowance) {
    List<LogLine> found = new ArrayList<>();
    AtomicReference<LogLine> lastSkipped = new AtomicReference<>();
    search.eachNewest(
        scope,
        stream,
        filter,
        from,
        end - 1,
        likely,
        line -> {
          if (!allowance.test(line)) {
            lastSkipped.set(line);
            return false;
          }
          return found.add(line);
        });
    Collections.reverse(found);
    LogLine skipped = lastSkipped.get();
    if (skipped == null) {
      return List.of(TailFrame.lines(stream, from, end - 1, found));
    }
    if (found.isEmpty()) {
      return List.of(TailFrame.skipped(stream.id(), from, end - 1));
    }
    return List.of(
        TailFrame.skipped(stream.id(), from, skipped.line()),
        TailFrame.lines(stream, found.get(0).line(), end - 1, found));
  }
}
