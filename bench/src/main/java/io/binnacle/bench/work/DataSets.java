package io.binnacle.bench.work;

import io.binnacle.bench.Bench;
import io.binnacle.bench.Report;
import io.binnacle.bench.data.BatchSource;
import io.binnacle.bench.data.FreshBatches;
import io.binnacle.bench.load.LoadGenerator;
import io.binnacle.bench.load.LoadResult;
import io.binnacle.bench.load.Pace;
import io.binnacle.bench.load.Sender;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The runs that are queried, each filled when first wanted. */
public final class DataSets {
  private static final Duration FILL_LIMIT = Duration.ofMinutes(10);
  private static final int CONNECTIONS = 16;
  private static final int LINES_PER_STREAM = 500;

  /**
   * A filled run.
   *
   * @param logsPath path of its logs
   * @param lines how many
   * @param textBytes bytes of their text
   */
  record Filled(String logsPath, long lines, long textBytes) {}

  private final Map<String, Filled> filled = new HashMap<>();

  /** One stream of 1M lines (quick: 100k). */
  Filled large(Bench bench) {
    return oneStream(bench, "large", bench.options().size(1_000_000));
  }

  /** One stream of 5M lines (quick: 500k). */
  Filled huge(Bench bench) {
    return oneStream(bench, "huge", bench.options().size(5_000_000));
  }

  /** 1,000 streams (quick: 100) of 500 lines each, all of the same minutes. */
  Filled manyStreams(Bench bench) {
    return filled.computeIfAbsent("many", name -> fillMany(bench, name));
  }

  /** Forgets a run that was deleted. */
  void forget(Filled gone) {
    filled.values().remove(gone);
  }

  private Filled oneStream(Bench bench, String name, int lines) {
    return filled.computeIfAbsent(
        name,
        key -> {
          String path = bench.logs().newRun(key);
          List<Sender> senders = Senders.ofOneStream(path, "main", CONNECTIONS);
          return fill(bench, senders, new FreshBatches(2, lines, 500));
        });
  }

  private static Filled fillMany(Bench bench, String name) {
    String path = bench.logs().newRun(name);
    List<Sender> senders = new ArrayList<>();
    List<BatchSource> sources = new ArrayList<>();
    for (int i = 0; i < bench.options().size(1_000); i++) {
      senders.addAll(Senders.ofOneStream(path, "rank-" + i, 1));
      sources.add(new FreshBatches(i, LINES_PER_STREAM, Ingest.BATCH_LINES));
    }
    return fill(bench, senders, sender -> sources.get(sender).next(sender));
  }

  private static Filled fill(Bench bench, List<Sender> senders, BatchSource source) {
    LoadGenerator generator = new LoadGenerator(bench.server().endpoint(), senders, source);
    LoadResult result = generator.run(Pace.CLOSED_LOOP, FILL_LIMIT);
    if (result.lines() == 0) {
      throw new IllegalStateException("Nothing was stored" + result.troubles());
    }
    bench
        .report()
        .progress(
            "filled with "
                + Report.count(result.lines())
                + " lines of "
                + Report.decimal((double) result.textBytes() / result.lines(), 1)
                + " B; "
                + Senders.verify(bench.logs(), senders, result.lines())
                + result.troubles());
    return new Filled(senders.get(0).logsPath(), result.lines(), result.textBytes());
  }
}
