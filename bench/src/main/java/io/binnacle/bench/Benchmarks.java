package io.binnacle.bench;

import io.binnacle.bench.machine.MachineLimits;
import io.binnacle.bench.work.Burst;
import io.binnacle.bench.work.Deletion;
import io.binnacle.bench.work.Download;
import io.binnacle.bench.work.FileSize;
import io.binnacle.bench.work.HalfLoad;
import io.binnacle.bench.work.LiveTail;
import io.binnacle.bench.work.Pages;
import io.binnacle.bench.work.RowPerLine;
import io.binnacle.bench.work.Search;
import io.binnacle.bench.work.SegmentSizes;
import io.binnacle.bench.work.ServerStart;
import io.binnacle.bench.work.SmallClients;
import io.binnacle.bench.work.StoreAlone;
import io.binnacle.bench.work.Sustained;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All benchmarks by name, in the order in which they run. */
final class Benchmarks {
  private Benchmarks() {}

  static Map<String, Benchmark> all() {
    Map<String, Benchmark> all = new LinkedHashMap<>();
    all.put("machine", new MachineLimits());
    all.put("store", new StoreAlone());
    all.put("rows", new RowPerLine());
    all.put("start", new ServerStart());
    all.put("burst", new Burst());
    all.put("half", new HalfLoad());
    all.put("small", new SmallClients());
    all.put("tail", new LiveTail());
    all.put("sustained", new Sustained());
    all.put("pages", new Pages());
    all.put("search", new Search());
    all.put("download", new Download());
    all.put("size", new FileSize());
    all.put("delete", new Deletion());
    all.put("segments", new SegmentSizes());
    return all;
  }

  static List<String> names() {
    return List.copyOf(all().keySet());
  }
}
