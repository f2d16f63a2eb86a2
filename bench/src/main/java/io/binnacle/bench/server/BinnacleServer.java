package io.binnacle.bench.server;

import io.binnacle.bench.http.Endpoint;
import io.binnacle.bench.http.HttpConnection;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;

/** The packaged server on a free port, with data of its own. */
public final class BinnacleServer implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(120);
  private final Install install;
  private final Database database;
  private final Path directory;
  private final Endpoint endpoint;
  private Process process;
  private Duration startTime = Duration.ZERO;

  /**
   * Starts a server.
   *
   * @param install what to start
   * @param database where it keeps its rows
   * @param directory an empty directory for its configuration, logs and data
   */
  public BinnacleServer(Install install, Database database, Path directory) {
    this.install = install;
    this.database = database;
    this.directory = directory;
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    endpoint = new Endpoint(Ports.free(), "bnk_" + HexFormat.of().formatHex(secret));
    install.layOut(directory.resolve("usr"));
    process = start();
  }

  /** Stops it and starts it again on the same data. */
  public void restart() {
    Processes.stop(process);
    process = start();
  }

  /** From the start of the process to the first good answer, of the last start. */
  public Duration startTime() {
    return startTime;
  }

  /** Where it listens. */
  public Endpoint endpoint() {
    return endpoint;
  }

  /** Its Java process. */
  public ProcessHandle java() {
    return process
        .descendants()
        .filter(child -> child.info().command().orElse("").endsWith("java"))
        .findFirst()
        .orElse(process.toHandle());
  }

  /** Where its data lie. */
  public Path data() {
    return directory.resolve("data");
  }

  /**
   * Takes a flight recording of the server during an action.
   *
   * @param file where to keep it; an absolute path or one relative to this process
   */
  public void record(Path file, Runnable action) {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    String pid = Long.toString(java().pid());
    Path log = directory.resolve("jcmd.log");
    Processes.run(
        new ProcessBuilder(jcmd, pid, "JFR.start", "name=bench", "settings=profile"), log);
    action.run();
    Processes.run(
        new ProcessBuilder(
            jcmd, pid, "JFR.stop", "name=bench", "filename=" + file.toAbsolutePath()),
        log);
  }

  private Process start() {
    ProcessBuilder builder =
        new ProcessBuilder("sh", install.startScript().toString(), "run", "binnacle");
    var environment = builder.environment();
    environment.put("WLP_USER_DIR", directory.resolve("usr").toString());
    environment.put("WLP_OUTPUT_DIR", directory.resolve("out").toString());
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("HTTP_HOST", "127.0.0.1");
    environment.put("HTTP_PORT", Integer.toString(endpoint.port()));
    environment.put("BINNACLE_DATA_DIR", data().toString());
    environment.put("BINNACLE_ADMIN_API_KEY", endpoint.apiKey());
    environment.putAll(database.serverEnvironment());
    Path log = directory.resolve("console.log");
    long begin = System.nanoTime();
    Process started = Processes.start(builder, log);
    Processes.await(started, log, START_LIMIT, this::answers);
    startTime = Duration.ofNanos(System.nanoTime() - begin);
    return started;
  }

  private boolean answers() {
    try (HttpConnection connection = new HttpConnection(endpoint)) {
      return connection.get("/api/health").ok();
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    Processes.stop(process);
  }
}
