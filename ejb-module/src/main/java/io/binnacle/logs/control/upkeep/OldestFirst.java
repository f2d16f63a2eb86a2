package io.binnacle.logs.control.upkeep;

import io.binnacle.logs.store.SegmentAge;
import io.binnacle.logs.store.StreamSize;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The segments of many streams, the one with the oldest end first; those of one stream always in
 * their order, because a stream is only ever shortened from its beginning. Few are read.
 */
final class OldestFirst {
  /** Segments of a stream that are read at once. */
  private static final int AT_ONCE = 50;

  /** Reads segments of a stream behind a line. */
  interface Reader {
    List<SegmentAge> after(long streamId, long line, int limit);
  }

  private final Reader reader;
  private final PriorityQueue<Head> heads =
      new PriorityQueue<>(Comparator.comparingLong(Head::time));

  /** Where one stream is. */
  private record Head(long streamId, long through, long time, Deque<SegmentAge> read) {}

  OldestFirst(Collection<StreamSize> streams, Reader reader) {
    this.reader = reader;
    for (StreamSize stream : streams) {
      if (stream.oldestTime() != Long.MAX_VALUE) {
        heads.add(
            new Head(
                stream.streamId(),
                stream.purgedThrough(),
                stream.oldestTime(),
                new ArrayDeque<>()));
      }
    }
  }

  /** The next segment; null when there is none. */
  @Nullable SegmentAge next() {
    for (Head head = heads.poll(); head != null; head = heads.poll()) {
      Deque<SegmentAge> read = head.read();
      if (read.isEmpty()) {
        read.addAll(reader.after(head.streamId(), head.through(), AT_ONCE));
      }
      SegmentAge first = read.peek();
      if (first != null && first.time() > head.time()) {
        // Only now its time is known: another stream may be older.
        heads.add(new Head(head.streamId(), head.through(), first.time(), read));
      } else if (first != null) {
        read.remove();
        heads.add(new Head(head.streamId(), first.endLine() - 1, Long.MIN_VALUE, read));
        return first;
      }
    }
    return null;
  }
}
