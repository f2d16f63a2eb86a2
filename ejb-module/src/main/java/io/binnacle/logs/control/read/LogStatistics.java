package io.binnacle.logs.control.read;

import io.binnacle.logs.entity.DescribedStream;
import io.binnacle.logs.entity.LogOwner;
import io.binnacle.logs.entity.LogStream;
import io.binnacle.logs.entity.LogSummary;
import io.binnacle.logs.entity.SegmentInfo;
import io.binnacle.logs.entity.StreamDescription;
import io.binnacle.logs.entity.StreamSummary;
import io.binnacle.logs.store.segment.NameCounts;
import io.binnacle.platform.entity.Times;
import io.binnacle.security.entity.ProjectScope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a log holds, in numbers; from metadata alone. */
@ApplicationScoped
public class LogStatistics {
  @Inject SegmentReads reads;

  /** Counts by level and source, times and sizes. */
  @Transactional(Transactional.TxType.NOT_SUPPORTED)
  public LogSummary summary(ProjectScope scope, LogOwner owner) {
    List<LogStream> streams = reads.streams(scope, owner);
    Sums sums = new Sums();
    boolean exact = new WholeSegments(reads, scope, owner, streams).each(sums::add);
    return sums.summary(streams.size(), exact);
  }

  /** The streams of an owner. */
  @Transactional(Transactional.TxType.NOT_SUPPORTED)
  public List<StreamSummary> streams(ProjectScope scope, LogOwner owner) {
    return reads.described(scope, owner).stream().map(LogStatistics::summary).toList();
  }

  /** The names of the streams of an owner, by id. */
  @Transactional(Transactional.TxType.NOT_SUPPORTED)
  public Map<Long, String> streamNames(ProjectScope scope, LogOwner owner) {
    return reads.streams(scope, owner).stream()
        .collect(Collectors.toMap(LogStream::id, LogStream::name));
  }

  private static StreamSummary summary(DescribedStream described) {
    LogStream stream = described.stream();
    StreamDescription description = described.description();
    return new StreamSummary(
        Long.toString(stream.id()),
        stream.name(),
        description.labels(),
        description.release(),
        description.environment(),
        description.service(),
        stream.firstLine(),
        stream.nextLine(),
        stream.lines(),
        Times.instant(stream.createdAt()));
  }

  private static final class Sums {
    private final Map<String, Long> levels = new TreeMap<>();
    private final Map<String, Long> sources = new TreeMap<>();
    private long lines;
    private long bytes;
    private long storedBytes;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;

    void add(SegmentInfo info) {
      NameCounts.levels(info.levelCounts())
          .forEach((level, count) -> levels.merge(level.name(), count, Long::sum));
      NameCounts.sources(info.sourceCounts())
          .forEach((source, count) -> sources.merge(source, count, Long::sum));
      lines += info.lines();
      bytes += info.rawBytes();
      storedBytes += info.payloadBytes();
      first = Math.min(first, info.minTime());
      last = Math.max(last, info.maxTime());
    }

    LogSummary summary(int streams, boolean exact) {
      return new LogSummary(
          lines,
          exact,
          levels,
          sources,
          lines == 0 ? null : Times.instant(first),
          lines == 0 ? null : Times.instant(last),
          bytes,
          storedBytes,
          streams);
    }
  }
}
