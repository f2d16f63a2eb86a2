package io.binnacle.bench.work;

import io.binnacle.bench.Bench;
import io.binnacle.bench.Report;
import io.binnacle.bench.data.BatchSource;
import io.binnacle.bench.load.LoadGenerator;
import io.binnacle.bench.load.LoadResult;
import io.binnacle.bench.load.Pace;
import io.binnacle.bench.load.Sender;
import io.binnacle.bench.server.CpuMeter;
import java.time.Duration;
import java.util.List;

/**
 * A load until the server has compiled itself. Seconds say little: on a busy machine a compiler
 * that gets a quarter of a core is not done after twenty of them, and a line costs twice as much.
 */
final class WarmUp {
  private static final Duration ROUND = Duration.ofSeconds(10);
  private static final Duration QUICK_ROUND = Duration.ofSeconds(3);
  private static final int MOST_ROUNDS = 24;

  /** A round that is less than a twentieth cheaper than the best before it has gained nothing. */
  private static final double GAIN = 0.95;

  /** After two, one of twelve starts was measured at twice its price: its compiler still waited. */
  private static final int ROUNDS_WITHOUT_GAIN = 3;

  private WarmUp() {}

  /** Runs the load, in rounds, until some of them in turn gained nothing; tells in the report. */
  static void run(Bench bench, BatchSource source, int senders) {
    boolean quick = bench.options().quick();
    double first = round(bench, source, senders, 0);
    double best = first;
    int rounds = 1;
    int idle = 0;
    while (!quick && idle < ROUNDS_WITHOUT_GAIN && rounds < MOST_ROUNDS) {
      double micros = round(bench, source, senders, rounds++);
      idle = micros > best * GAIN ? idle + 1 : 0;
      best = Math.min(best, micros);
    }
    tell(bench, rounds, first, best, quick || idle < ROUNDS_WITHOUT_GAIN);
  }

  private static double round(Bench bench, BatchSource source, int senders, int number) {
    List<Sender> all = Senders.overRuns(bench.logs(), "warm-up-" + number, senders, senders);
    CpuMeter cpu = bench.cpu();
    Duration time = bench.options().quick() ? QUICK_ROUND : ROUND;
    LoadResult result =
        new LoadGenerator(bench.server().endpoint(), all, source).run(Pace.CLOSED_LOOP, time);
    return cpu.microsUnderTest() / Math.max(1, result.lines());
  }

  private static void tell(Bench bench, int rounds, double first, double best, boolean early) {
    bench
        .report()
        .add(
            "warm-up",
            rounds
                + " rounds; CPU a line fell from "
                + Report.decimal(first, 1)
                + " to "
                + Report.decimal(best, 1)
                + " µs"
                + (early ? ", NOT WARM YET" : ""),
            "",
            "");
  }
}
