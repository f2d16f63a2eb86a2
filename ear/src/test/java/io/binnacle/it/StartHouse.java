package io.binnacle.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.it.http.Api;
import io.binnacle.it.server.Install;
import io.binnacle.it.server.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code bin/start} in a house of its own, where Maven and the server are small stand-ins: Maven
 * notes that it was called, and the server answers that it is well.
 */
abstract class StartHouse {
  static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String MAVEN =
      """
      #!/usr/bin/env bash
      if [ "$1" = -v ]; then echo 'Apache Maven 3.9.9'; exit 0; fi
      case " $* " in *' clean '*) echo clean ;; *) echo package ;; esac >>"$PWD/builds"
      mkdir -p ear/target/server/wlp/bin ear/target/server/jdbc
      cat web-module/src/main/App.java >ear/target/binnacle.ear
      touch ear/target/server/jdbc/h2.jar
      printf '#!/usr/bin/env bash\\nexec java "%s/Stand.java" "$HTTP_PORT" $STAND\\n' "$PWD" \\
        >ear/target/server/wlp/bin/server
      chmod +x ear/target/server/wlp/bin/server
      """;
  private static final String SERVER =
      """
      import com.sun.net.httpserver.HttpServer;
      import java.net.InetSocketAddress;
      import java.nio.file.Files;
      import java.nio.file.Path;
      import java.util.concurrent.locks.LockSupport;

      class Stand {
        public static void main(String[] arguments) throws Exception {
          String gate = System.getenv("GATE");
          while (gate != null && Files.notExists(Path.of(gate))) {
            LockSupport.parkNanos(10_000_000);
          }
          var address = new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[0]));
          HttpServer server = HttpServer.create(address, 0);
          String says = System.getenv().getOrDefault("SAYS", "");
          for (int i = Integer.parseInt(System.getenv().getOrDefault("TIMES", "1")); i > 0; i--) {
            System.out.println(says);
          }
          String message = System.getenv("MESSAGE");
          if (message != null) {
            Path logs = Files.createDirectories(Path.of(System.getenv("LOG_DIR")));
            Files.writeString(logs.resolve("messages.log"), message);
          }
          System.out.println("level " + System.getenv("BINNACLE_LOG_LEVEL"));
          server.createContext(
              "/say",
              exchange -> {
                System.out.println("INFO: later");
                exchange.sendResponseHeaders(200, -1);
              });
          int status = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 200;
          server.createContext("/api/health", exchange -> exchange.sendResponseHeaders(status, -1));
          server.start();
        }
      }
      """;

  final Map<String, String> environment = new HashMap<>();

  @TempDir Path folder;
  Path home = Path.of("");
  private final List<Process> processes = new ArrayList<>();

  @BeforeEach
  void buildTheHouse() throws IOException {
    home = folder.resolve("the house");
    write("tools/mvn", MAVEN);
    assertTrue(home.resolve("tools/mvn").toFile().setExecutable(true));
    write("Stand.java", SERVER);
    write(
        "pom.xml",
        "<project>\n<artifactId>binnacle</artifactId>\n<version>7.8</version>\n<packaging>");
    for (String file : List.of("server.xml", "web-module/pom.xml", "ear/pom.xml")) {
      write(file, "<x/>");
    }
    write("ear/src/main/liberty/config/jvm.options", "");
    write("web-module/src/main/App.java", "first");
    Path scripts = Install.ofThisBuild().repository().resolve("bin");
    Files.createDirectories(home.resolve("bin/lib"));
    Files.copy(scripts.resolve("start"), home.resolve("bin/start"));
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(scripts.resolve("lib"))) {
      for (Path part : parts) {
        Files.copy(part, home.resolve("bin/lib").resolve(part.getFileName()));
      }
    }
  }

  @AfterEach
  void endWhatIsLeft() {
    for (Process process : processes) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  final void startAndStop() throws Exception {
    int port = Ports.free();
    Process start = start("--port", Integer.toString(port));
    awaitAnswer(port);
    awaitReady("said");
    signal("TERM", start);
    assertEquals(0, exitOf(start), said());
  }

  /**
   * A shell that was started in the background ignores Ctrl-C; the script must not inherit that.
   */
  final ProcessBuilder command(String... options) {
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
    command.add(home.resolve("bin/start").toString());
    command.addAll(List.of(options));
    ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
    String path = home.resolve("tools") + ":" + builder.environment().get("PATH");
    builder.environment().putAll(environment);
    builder.environment().put("PATH", path);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return builder.redirectErrorStream(true);
  }

  final Process start(String... options) throws IOException {
    return startInto("said", options);
  }

  final Process startInto(String file, String... options) throws IOException {
    return kept(command(options).redirectOutput(home.resolve(file).toFile()).start());
  }

  final Process stand(int port) throws IOException {
    return kept(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                home.resolve("Stand.java").toString(),
                Integer.toString(port))
            .start());
  }

  final Process kept(Process process) {
    processes.add(process);
    return process;
  }

  static void signal(String name, Process process) throws Exception {
    String pid = Long.toString(process.pid());
    assertEquals(0, new ProcessBuilder("kill", "-" + name, pid).start().waitFor());
  }

  final String consoleLog() throws IOException {
    StringBuilder all = new StringBuilder();
    try (DirectoryStream<Path> logs =
        Files.newDirectoryStream(home.resolve("logs"), "console_*.log")) {
      for (Path log : logs) {
        all.append(Files.readString(log));
      }
    }
    return all.toString();
  }

  final void awaitAnswer(int port) {
    Api api = new Api(URI.create("http://127.0.0.1:" + port));
    try {
      Await.until("something answers on port " + port, LIMIT, api::isHealthy);
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "\n" + said(), e);
    }
  }

  final List<String> builds() throws IOException {
    return Files.readAllLines(home.resolve("builds"));
  }

  final String said() {
    return said("said");
  }

  final String said(String file) {
    try {
      return Files.exists(home.resolve(file)) ? Files.readString(home.resolve(file)) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  final void write(String file, String text) throws IOException {
    Path path = home.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  /** Waits until what is said into a file tells of a server that is ready. */
  final void awaitReady(String file) {
    Await.until("the server is ready", LIMIT, () -> said(file).contains("is ready after"));
  }

  /** How a process ends, for which it has time. */
  static int exitOf(Process process) throws InterruptedException {
    assertTrue(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS), "it ends");
    return process.exitValue();
  }
}
