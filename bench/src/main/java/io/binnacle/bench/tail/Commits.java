package io.binnacle.bench.tail;

import io.binnacle.bench.http.Reply;
import io.binnacle.bench.load.AckListener;
import io.binnacle.bench.load.JsonNumbers;
import java.util.Map;
import java.util.TreeMap;

/**
 * When which line of a stream was acknowledged: the answer comes right after the commit. Filled by
 * the thread of the load and read after its end.
 */
public final class Commits implements AckListener {
  private final TreeMap<Long, Long> answeredByLastLine = new TreeMap<>();

  @Override
  public void acknowledged(Reply reply, long sentNanos, long answeredNanos) {
    long last = JsonNumbers.after(reply.body(), "\"last_line\":", 0);
    answeredByLastLine.put(last, answeredNanos);
  }

  /** Batches by their last line, from a line (excluded) to a line (included): when acknowledged. */
  public Map<Long, Long> between(long fromLine, long toLine) {
    return answeredByLastLine.subMap(fromLine, false, toLine, true);
  }
}
