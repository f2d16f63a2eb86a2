package io.binnacle.bench;

import io.binnacle.bench.server.BinnacleServer;
import io.binnacle.bench.server.CpuMeter;
import io.binnacle.bench.server.Databases;
import io.binnacle.bench.server.Install;
import io.binnacle.bench.work.DataSets;
import io.binnacle.bench.work.Facts;
import io.binnacle.bench.work.Logs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a benchmark works with. The server starts when the first benchmark needs it. */
public final class Bench implements AutoCloseable {
  private final Options options;
  private final Report report;
  private final Install install;
  private final Path directory;
  private final Databases databases;
  private final Facts facts = new Facts();
  private final DataSets dataSets = new DataSets();
  private Optional<BinnacleServer> server = Optional.empty();
  private Optional<Logs> logs = Optional.empty();

  /** A run in an empty directory. */
  Bench(Options options, Report report, Install install, Path directory, Databases databases) {
    this.options = options;
    this.report = report;
    this.install = install;
    this.directory = directory;
    this.databases = databases;
  }

  /** What was asked for. */
  public Options options() {
    return options;
  }

  /** Where the figures go. */
  public Report report() {
    return report;
  }

  /** The database under test. */
  public Databases databases() {
    return databases;
  }

  /** A directory for files of the run. */
  public Path directory() {
    return directory;
  }

  /** Figures that later benchmarks compare with. */
  public Facts facts() {
    return facts;
  }

  /** The filled runs that are queried. */
  public DataSets dataSets() {
    return dataSets;
  }

  /** The running server. */
  public BinnacleServer server() {
    if (server.isEmpty()) {
      report.progress("starting the server on " + databases.database().name());
      server =
          Optional.of(
              new BinnacleServer(install, databases.database(), directory.resolve("server")));
    }
    return server.get();
  }

  /** The log API of the running server. */
  public Logs logs() {
    if (logs.isEmpty()) {
      logs = Optional.of(new Logs(server().endpoint()));
    }
    return logs.get();
  }

  /** Begins to measure the CPU time of the server, the database and this process. */
  public CpuMeter cpu() {
    List<ProcessHandle> under = new ArrayList<>();
    under.add(server().java());
    databases.process().ifPresent(under::add);
    return new CpuMeter(under);
  }

  /** The same without the server. */
  public CpuMeter databaseCpu() {
    return new CpuMeter(databases.process().stream().toList());
  }

  @Override
  public void close() {
    server.ifPresent(BinnacleServer::close);
  }
}
