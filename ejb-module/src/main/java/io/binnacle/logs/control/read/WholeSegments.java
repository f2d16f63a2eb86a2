package io.binnacle.logs.control.read;

import io.binnacle.logs.entity.LogOwner;
import io.binnacle.logs.entity.LogStream;
import io.binnacle.logs.entity.SegmentInfo;
import io.binnacle.security.entity.ProjectScope;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The segments whose metadata count what a reader sees: all of their lines can be read, and were
 * there when the streams were.
 */
final class WholeSegments {
  private final SegmentReads reads;
  private final ProjectScope scope;
  private final LogOwner owner;
  private final Map<Long, LogStream> streams;

  /**
   * @param streams those of the owner that count
   */
  WholeSegments(SegmentReads reads, ProjectScope scope, LogOwner owner, List<LogStream> streams) {
    this.reads = reads;
    this.scope = scope;
    this.owner = owner;
    this.streams = streams.stream().collect(Collectors.toMap(LogStream::id, Function.identity()));
  }

  /**
   * Shows them.
   *
   * @param visitor is not to use the database
   * @return false when there are lines beside them, in segments that the mark of a purge cuts or
   *     that got more lines meanwhile
   */
  boolean each(Consumer<SegmentInfo> visitor) {
    AtomicBoolean all = new AtomicBoolean(true);
    reads.each(
        scope,
        owner,
        info -> {
          LogStream stream = streams.get(info.streamId());
          if (stream != null && isWhole(stream, info)) {
            visitor.accept(info);
          } else if (stream != null && hasLines(stream, info)) {
            all.set(false);
          }
        });
    return all.get();
  }

  private static boolean isWhole(LogStream stream, SegmentInfo info) {
    return info.firstLine() >= stream.firstLine() && info.endLine() <= stream.nextLine();
  }

  private static boolean hasLines(LogStream stream, SegmentInfo info) {
    return info.endLine() > stream.firstLine() && info.firstLine() < stream.nextLine();
  }
}
