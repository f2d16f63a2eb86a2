package io.binnacle.logs.control.read;

import io.binnacle.logs.store.LogStreams;
import io.binnacle.logs.store.SegmentTimeline;
import io.binnacle.testing.TestDatabase;
import io.binnacle.testing.TestLogs;

/** Searches of a database on the thread that asks, with a minute for each page. */
public final class SearchWithoutContainer {
  private SearchWithoutContainer() {}

  /** A search of a database. */
  public static LogSearch of(TestDatabase database) {
    SegmentReads reads = new SegmentReads();
    reads.streams = new LogStreams(database.dataSource());
    reads.segments = TestLogs.store(database.dataSource());
    reads.timeline = new SegmentTimeline(database.dataSource());
    LogSearch search = new LogSearch();
    search.reads = reads;
    search.executor = Runnable::run;
    search.searchMillis = 60_000;
    search.searchBytes = Long.MAX_VALUE;
    return search;
  }
}
