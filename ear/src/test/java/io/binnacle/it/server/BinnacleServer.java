package io.binnacle.it.server;

import io.binnacle.it.Await;
import io.binnacle.it.http.Api;
import io.binnacle.it.http.Contract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The packaged application on Liberty with the real {@code server.xml}, on a free loopback port and
 * with data of its own.
 */
public final class BinnacleServer implements AutoCloseable {
  /** The password of {@code admin}. */
  public static final String ADMIN_PASSWORD = "steady-as-she-goes-7";

  private static final Duration START_LIMIT = Duration.ofSeconds(150);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(45);
  private static final int LOG_TAIL_CHARS = 6000;

  private final Install install;
  private final ServerOptions options;
  private final Path directory;
  private final String adminKey;
  private @Nullable Contract contract;
  private int port;
  private Process process;

  /** Starts a server with an empty data directory and waits until it answers. */
  public BinnacleServer(ServerOptions options) {
    this.install = Install.ofThisBuild();
    this.options = options;
    this.adminKey = options.environment().getOrDefault("BINNACLE_ADMIN_API_KEY", newKey());
    this.directory = install.target().resolve("it").resolve(options.name());
    delete(directory);
    install.layOut(directory.resolve("usr"));
    process = launch();
    awaitHealth();
  }

  /** A key text of the length that the server demands. */
  public static String newKey() {
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    return "bnk_" + HexFormat.of().formatHex(secret);
  }

  /** The address, without a slash at the end. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /**
   * A client with the admin's key. Whatever is asked through it, and through what is made of it, is
   * held to the OpenAPI document.
   */
  public Api api() {
    return new Api(uri()).withKey(adminKey).heldTo(contract());
  }

  private Contract contract() {
    if (contract == null) {
      contract = new Contract(new Api(uri()).get("/openapi?format=JSON").expect(200).json());
    }
    return contract;
  }

  /** The admin's key: all rights, all projects. */
  public String adminKey() {
    return adminKey;
  }

  /** Where its data lie. */
  public Path data() {
    return directory.resolve("data");
  }

  /** Where Binnacle's own log lies. */
  public Path logs() {
    return directory.resolve("logs");
  }

  /** What it wrote to its console since the last start. */
  public Path console() {
    return directory.resolve("console.log");
  }

  /** Its process. */
  public ProcessHandle process() {
    return process.toHandle();
  }

  /** Ends it at once, as {@code kill -9} does. */
  public void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    awaitExit();
  }

  /** Ends it as an operator does. */
  public void stop() {
    process.destroy();
    if (!awaitExit()) {
      kill();
      throw new AssertionError("The server did not stop within " + STOP_LIMIT + tail());
    }
  }

  /** Starts it again on the same data; it must have been ended. */
  public void restart() {
    process = launch();
    awaitHealth();
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      stop();
    }
  }

  private Process launch() {
    String fixed = options.environment().get("HTTP_PORT");
    port = fixed == null ? Ports.free() : Integer.parseInt(fixed);
    ProcessBuilder builder =
        new ProcessBuilder(install.startScript().toString(), "run", Install.SERVER);
    Map<String, String> environment = builder.environment();
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    // It lives for seconds: the compiler that pays off after minutes took half of its processor.
    environment.put("JVM_ARGS", "-XX:TieredStopAtLevel=1");
    environment.put("WLP_USER_DIR", directory.resolve("usr").toString());
    environment.put("WLP_OUTPUT_DIR", directory.resolve("out").toString());
    environment.put("LOG_DIR", directory.resolve("liberty-logs").toString());
    environment.put("HTTP_HOST", "127.0.0.1");
    environment.put("HTTP_PORT", Integer.toString(port));
    environment.put("BINNACLE_DATA_DIR", data().toString());
    environment.put("BINNACLE_LOG_DIR", logs().toString());
    environment.put("BINNACLE_ADMIN_API_KEY", adminKey);
    environment.put("BINNACLE_ADMIN_PASSWORD", ADMIN_PASSWORD);
    environment.putAll(options.environment());
    builder.redirectErrorStream(true).redirectOutput(console().toFile());
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException("Build with -Pserver first", e);
    }
  }

  private void awaitHealth() {
    Api api = new Api(uri());
    try {
      Await.until(
          "the server answers",
          START_LIMIT,
          () -> {
            if (!process.isAlive()) {
              throw new AssertionError("The server ended before it was ready" + tail());
            }
            return api.isHealthy();
          });
    } catch (AssertionError e) {
      kill();
      throw new AssertionError(e.getMessage() + tail(), e);
    }
  }

  private boolean awaitExit() {
    try {
      return process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private String tail() {
    try {
      String text = Files.readString(console());
      return "\n" + text.substring(Math.max(0, text.length() - LOG_TAIL_CHARS));
    } catch (IOException e) {
      return " (" + console() + " can't be read)";
    }
  }

  /** Deletes what an earlier run left. */
  static void delete(Path directory) {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
