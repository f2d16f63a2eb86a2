package io.binnacle.logs.control.tail;

import io.binnacle.logs.control.read.LogSearch;
import io.binnacle.logs.entity.LogLine;
import io.binnacle.logs.entity.LogStream;
import io.binnacle.logs.store.LineMatcher;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.security.entity.ProjectScope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
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
   * @param matcher when its time is over, what it did not come to is skipped
   * @param allowance answers false for the first line that may not be sent
   * @throws ProblemException as {@link LogSearch#eachNewest}
   */
  List<TailFrame> newest(
      LogStream stream,
      LineMatcher matcher,
      long from,
      long end,
      int likely,
      Predicate<LogLine> allowance) {
    List<LogLine> found = new ArrayList<>();
    AtomicLong lastSkipped = new AtomicLong(from - 1);
    try {
      search.eachNewest(
          scope,
          stream,
          matcher,
          from,
          end - 1,
          likely,
          line -> {
            if (!allowance.test(line)) {
              lastSkipped.set(line.line());
              return false;
            }
            return found.add(line);
          });
    } catch (ProblemException e) {
      if (!matcher.isOutOfTime()) {
        throw e;
      }
      lastSkipped.set(found.isEmpty() ? end - 1 : found.get(found.size() - 1).line() - 1);
    }
    Collections.reverse(found);
    if (lastSkipped.get() < from) {
      return List.of(new TailFrame.Lines(stream, from, end - 1, found));
    }
    if (found.isEmpty()) {
      return List.of(new TailFrame.Skipped(stream.id(), from, end - 1));
    }
    return List.of(
        new TailFrame.Skipped(stream.id(), from, lastSkipped.get()),
        new TailFrame.Lines(stream, found.get(0).line(), end - 1, found));
  }
}
