package io.binnacle.bench.work;

import io.binnacle.bench.Bench;
import io.binnacle.bench.Benchmark;
import io.binnacle.bench.Report;
import io.binnacle.bench.server.BinnacleServer;
import io.binnacle.bench.server.CpuMeter;
import io.binnacle.bench.server.Pauses;
import io.binnacle.bench.server.ProcessFigures;
import java.time.Duration;

/** The second start of the packaged server, and what it takes while nobody asks for anything. */
public final class ServerStart implements Benchmark {
  @Override
  public void run(Bench bench) {
    BinnacleServer server = bench.server();
    server.restart();
    double seconds = server.startTime().toMillis() / 1e3;
    bench
        .report()
        .add("second start to ready", Report.decimal(seconds, 1) + " s", "≤ 20 s", "8–13 s");
    // For some minutes a server that has started still compiles itself.
    Duration minute = Duration.ofSeconds(bench.options().quick() ? 5 : 60);
    Pauses.sleep(minute);
    idle(bench, "second minute", minute);
    Pauses.sleep(minute.multipliedBy(3));
    idle(bench, "sixth minute", minute);
  }

  private static void idle(Bench bench, String when, Duration minute) {
    CpuMeter cpu = bench.cpu();
    Pauses.sleep(minute);
    double percent = cpu.microsUnderTest() * 1e3 / minute.toNanos() * 100;
    double resident = ProcessFigures.residentBytes(bench.server().java()) / 1e6;
    bench
        .report()
        .add(
            "idle memory and CPU, " + when,
            Report.count(resident) + " MB, " + Report.decimal(percent, 1) + " % of a core",
            "≤ 700 MB, ≤ 2 %",
            "570 MB");
  }
}
