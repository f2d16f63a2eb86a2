package io.binnacle.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.it.http.Api;
import io.binnacle.it.server.Install;
import io.binnacle.it.server.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code bin/start} in a house of its own, where Maven and the server are small stand-ins: Maven
 * notes that it was called, and the server answers that it is well.
 */
class StartScriptIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String MAVEN =
      """
      #!/usr/bin/env bash
      if [ "$1" = -v ]; then echo 'Apache Maven 3.9.9'; exit 0; fi
      case " $* " in *' clean '*) echo clean ;; *) echo package ;; esac >>"$PWD/builds"
      mkdir -p ear/target/server/wlp/bin ear/target/server/jdbc
      cat web-module/src/main/App.java >ear/target/binnacle.ear
      touch ear/target/server/jdbc/h2.jar
      printf '#!/usr/bin/env bash\\nexec java "%s/Stand.java" "$HTTP_PORT"\\n' "$PWD" \\
        >ear/target/server/wlp/bin/server
      chmod +x ear/target/server/wlp/bin/server
      """;
  private static final String SERVER =
      """
      import com.sun.net.httpserver.HttpServer;
      import java.net.InetSocketAddress;

      class Stand {
        public static void main(String[] arguments) throws Exception {
          var address = new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[0]));
          HttpServer server = HttpServer.create(address, 0);
          server.createContext("/api/health", exchange -> exchange.sendResponseHeaders(200, -1));
          server.start();
        }
      }
      """;

  @TempDir Path home;
  private final List<Process> processes = new ArrayList<>();

  @BeforeEach
  void buildTheHouse() throws IOException {
    write("tools/mvn", MAVEN);
    assertTrue(home.resolve("tools/mvn").toFile().setExecutable(true));
    write("Stand.java", SERVER);
    for (String file : List.of("pom.xml", "server.xml", "web-module/pom.xml", "ear/pom.xml")) {
      write(file, "<x/>");
    }
    write("ear/src/main/liberty/config/jvm.options", "");
    write("web-module/src/main/App.java", "first");
    Path script = Install.ofThisBuild().repository().resolve("bin/start");
    Files.createDirectories(home.resolve("bin"));
    Files.copy(script, home.resolve("bin/start"));
  }

  @AfterEach
  void endWhatIsLeft() {
    for (Process process : processes) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  @Test
  void anOlderBuildThanTheSourcesIsNeverRun() throws Exception {
    startAndStop();
    assertEquals(List.of("package"), builds());
    startAndStop();
    assertEquals(1, builds().size(), "nothing changed");
    write("web-module/src/main/App.java", "second");
    startAndStop();
    assertEquals(2, builds().size(), "a source changed");
    write("ear/target/binnacle.ear", "somebody else's");
    startAndStop();
    assertEquals(3, builds().size(), "the application is not the one that was built");
    write("web-module/src/main/More.java", "");
    startAndStop();
    Files.delete(home.resolve("web-module/src/main/More.java"));
    startAndStop();
    assertEquals(List.of("package", "package", "package", "package", "clean"), builds());
  }

  @Test
  void controlCStopsTheServerAndSaysSo() throws Exception {
    int port = Ports.free();
    Process start = start("--port", Integer.toString(port));
    awaitAnswer(port);
    List<ProcessHandle> below = start.descendants().toList();
    signal("INT", start);
    assertTrue(start.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS));
    assertEquals(0, start.exitValue(), said());
    assertTrue(said().contains("Stopped"), said());
    Await.until("all is gone", LIMIT, () -> below.stream().noneMatch(ProcessHandle::isAlive));
  }

  @Test
  void forceKillEndsOnlyTheProcessOnThatPort() throws Exception {
    int port = Ports.free();
    Process holder = stand(port);
    int otherPort = Ports.free();
    Process bystander = stand(otherPort);
    awaitAnswer(port);
    awaitAnswer(otherPort);
    start("--force-kill", "--port", Integer.toString(port));
    assertTrue(holder.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS), "the holder is ended");
    awaitAnswer(port);
    awaitAnswer(otherPort);
    assertTrue(bystander.isAlive());
    assertTrue(said().contains("(process " + holder.pid() + ")"), said());
  }

  @Test
  void aBusyPortIsLeftToItsHolder() throws Exception {
    int port = Ports.free();
    Process holder = stand(port);
    awaitAnswer(port);
    start("--port", Integer.toString(port));
    String told = "Port " + port + " already in use, trying port " + (port + 1);
    Await.until("the holder is named", LIMIT, () -> said().contains(told));
    assertTrue(said().contains("(process " + holder.pid() + ")"), said());
    Await.until("the server is ready", LIMIT, () -> said().contains("is ready after"));
    assertTrue(holder.isAlive());
  }

  @Test
  void aWrongOptionIsExplained() throws Exception {
    for (String wrong : List.of("--port=0", "--port=70000", "--log-level=LOUD", "--sail")) {
      Process start = start(wrong);
      assertTrue(start.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS));
      assertEquals(2, start.exitValue(), wrong);
    }
    assertFalse(Files.exists(home.resolve("builds")), "nothing is built for a wrong option");
  }

  private void startAndStop() throws Exception {
    int port = Ports.free();
    Process start = start("--port", Integer.toString(port));
    awaitAnswer(port);
    signal("TERM", start);
    assertTrue(start.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS));
  }

  /**
   * A shell that was started in the background ignores Ctrl-C; the script must not inherit that.
   */
  private Process start(String... options) throws IOException {
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
    command.add(home.resolve("bin/start").toString());
    command.addAll(List.of(options));
    ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
    String path = home.resolve("tools") + ":" + builder.environment().get("PATH");
    builder.environment().put("PATH", path);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.redirectErrorStream(true).redirectOutput(home.resolve("said").toFile());
    return kept(builder.start());
  }

  private Process stand(int port) throws IOException {
    return kept(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                home.resolve("Stand.java").toString(),
                Integer.toString(port))
            .start());
  }

  private Process kept(Process process) {
    processes.add(process);
    return process;
  }

  private static void signal(String name, Process process) throws Exception {
    String pid = Long.toString(process.pid());
    assertEquals(0, new ProcessBuilder("kill", "-" + name, pid).start().waitFor());
  }

  private void awaitAnswer(int port) {
    Api api = new Api(URI.create("http://127.0.0.1:" + port));
    try {
      Await.until("something answers on port " + port, LIMIT, api::isHealthy);
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "\n" + said(), e);
    }
  }

  private List<String> builds() throws IOException {
    return Files.readAllLines(home.resolve("builds"));
  }

  private String said() {
    try {
      return Files.exists(home.resolve("said")) ? Files.readString(home.resolve("said")) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(String file, String text) throws IOException {
    Path path = home.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
