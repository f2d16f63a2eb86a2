package io.binnacle.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.it.http.Api;
import io.binnacle.it.server.Install;
import io.binnacle.it.server.Ports;
import java.io.BufferedReader;
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
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  private final Map<String, String> environment = new HashMap<>();

  @TempDir Path folder;
  private Path home = Path.of("");
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
  void onlyWhatGoesIntoTheApplicationIsBuiltAgain() throws Exception {
    write("web-module/src/test/AppTest.java", "first");
    write("bench/pom.xml", "<x/>");
    write(".gitignore", "ear/target/\ndata/\nlogs/\nbuilds\nsaid\n");
    git("init", "-q");
    git("add", ".");
    git("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "-m", "all");
    startAndStop();
    write("web-module/src/test/AppTest.java", "second");
    write("bench/pom.xml", "<y/>");
    startAndStop();
    assertEquals(1, builds().size(), "tests and benchmarks are no part of it");
    write("ear/pom.xml", "<y/>");
    startAndStop();
    assertEquals(2, builds().size(), "how it is packed changed");
  }

  @Test
  void controlCStopsTheServerAndSaysSo() throws Exception {
    int port = Ports.free();
    Process start = start("--port", Integer.toString(port));
    awaitAnswer(port);
    String data = "data       " + home.toRealPath().resolve("data") + "\n";
    Await.until("it says where the data lie", LIMIT, () -> said().contains(data));
    List<ProcessHandle> below = start.descendants().toList();
    signal("INT", start);
    assertTrue(start.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS));
    assertEquals(0, start.exitValue(), said());
    assertTrue(said().contains("Stopped"), said());
    Await.until("all is gone", LIMIT, () -> below.stream().noneMatch(ProcessHandle::isAlive));
  }

  @Test
  void aServerThatIsNotReadyInTimeIsAFailure() throws Exception {
    environment.put("STAND", "503");
    environment.put("BINNACLE_START_SECONDS", "2");
    Process start = start("--port", Integer.toString(Ports.free()));
    assertTrue(start.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS));
    assertEquals(1, start.exitValue(), said());
    assertTrue(said().contains("The server was not ready after 2 s"), said());
    assertTrue(said().contains("Stopped"), said());
  }

  @Test
  void aServerThatCannotStartIsAFailure() throws Exception {
    environment.put("STAND", "nonsense");
    Process start = start("--port", Integer.toString(Ports.free()));
    assertTrue(start.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS));
    assertEquals(1, start.exitValue(), said());
  }

  @Test
  void anApplicationThatSaysWhyItDoesNotStartIsAFailureAtOnce() throws Exception {
    environment.put("STAND", "503");
    environment.put("SAYS", "CRITICAL: Binnacle does not start. The database can't be used.");
    Process start = start("--port", Integer.toString(Ports.free()));
    assertTrue(start.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS));
    assertEquals(1, start.exitValue(), said());
    assertEquals(1, said().split("does not start", -1).length - 1, said());
  }

  @Test
  void anApplicationThatTheServerGivesUpIsAFailureAtOnce() throws Exception {
    environment.put("STAND", "503");
    environment.put("MESSAGE", "CWWKZ0002E: no start. The exception message was: It broke");
    Process start = start("--port", Integer.toString(Ports.free()));
    assertTrue(start.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS));
    assertEquals(1, start.exitValue(), said());
    assertTrue(said().contains("ERROR: Binnacle does not start: It broke"), said());
  }

  @Test
  void aWrongVariableIsToldBeforeAnythingIsBuilt() throws Exception {
    Map<String, String> wrong = new HashMap<>(Map.of("DB_DRIVER", "oracle"));
    wrong.put("BINNACLE_LOG_FORMAT", "xml");
    wrong.put("BINNACLE_ADMIN_PASSWORD", "1234567");
    wrong.put("BINNACLE_ADMIN_API_KEY", "x".repeat(31));
    numbers().forEach(name -> wrong.put(name, "12abc"));
    for (String name : wrong.keySet()) {
      environment.clear();
      environment.put(name, wrong.get(name));
      Process start = start("--log-level=critical", "--port=" + Ports.free());
      assertTrue(start.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS));
      assertEquals(1, start.exitValue(), name);
      assertTrue(said().startsWith("ERROR: " + name + " "), said());
      assertEquals(1, said().lines().count(), said());
    }
    assertFalse(Files.exists(home.resolve("builds")));
  }

  /** The variables of the documents whose default is a number, by their names of environment. */
  private static List<String> numbers() throws IOException {
    Path document = Install.ofThisBuild().repository().resolve("docs/configuration.md");
    Matcher variable =
        Pattern.compile("(?m)^\\| `([a-z.-]+)` \\| `-?[0-9]+` \\|")
            .matcher(Files.readString(document));
    return variable
        .results()
        .map(found -> found.group(1).replaceAll("[.-]", "_").toUpperCase(Locale.ROOT))
        .filter(name -> !name.equals("HTTP_PORT"))
        .toList();
  }

  @Test
  void theConsoleLogHoldsWhatTheStartSaid() throws Exception {
    int port = Ports.free();
    Process holder = stand(port);
    awaitAnswer(port);
    environment.put("SAYS", "INFO: hello");
    Process start = start("--port", Integer.toString(port));
    Await.until("the server is ready", LIMIT, () -> said().contains("is ready after"));
    signal("TERM", start);
    assertTrue(start.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS));
    assertTrue(holder.isAlive());
    assertTrue(said().contains("already in use"), said());
    assertTrue(said().contains("INFO: hello"), said());
    assertEquals(said(), consoleLog());
  }

  @Test
  void theConsoleLogIsBounded() throws Exception {
    environment.put("SAYS", "x".repeat(1000));
    environment.put("TIMES", "12000");
    Process start = start("--port", Integer.toString(Ports.free()));
    Await.until("the server is ready", LIMIT, () -> said().contains("is ready after"));
    signal("TERM", start);
    assertTrue(start.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS));
    assertTrue(said().length() > 12_000_000, "all is shown");
    assertTrue(consoleLog().length() < 10_500_000, () -> "a file of the log is too large");
  }

  @Test
  void aLinkToTheScriptStartsWhatItLinksTo() throws Exception {
    Files.createSymbolicLink(home.resolve("startlink"), home.resolve("bin/start"));
    Process process =
        kept(
            new ProcessBuilder(home.resolve("startlink").toString(), "--version")
                .directory(home.resolve("bin").toFile())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("said").toFile())
                .start());
    assertTrue(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS));
    assertEquals("Binnacle 7.8, commit unknown, not built yet\n", said());
  }

  @Test
  void aServerThatEndsByItselfIsAFailure() throws Exception {
    Process start = start("--port", Integer.toString(Ports.free()));
    Await.until("the server is ready", LIMIT, () -> said().contains("is ready after"));
    start
        .descendants()
        .filter(process -> process.info().command().orElse("").endsWith("java"))
        .forEach(ProcessHandle::destroyForcibly);
    assertTrue(start.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS));
    assertEquals(1, start.exitValue(), said());
    assertTrue(said().contains("The server ended by itself"), said());
  }

  @Test
  void thePasswordOfADatabaseIsNeitherShownNorLogged() throws Exception {
    environment.put("DB_URL", "jdbc:mysql://me:sesame@db.example/b?password=sesame&useSSL=true");
    startAndStop();
    assertTrue(said().contains("jdbc:mysql://db.example/b\n"), said());
    assertFalse(said().contains("sesame"), said());
    assertFalse(consoleLog().contains("sesame"), consoleLog());
    environment.put("DB_URL", "jdbc:mysql://(host=db.example,password=sesame)/b");
    startAndStop();
    assertFalse(said().contains("sesame"), said());
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
  void shortOptionsAreTheLongOnes() throws Exception {
    int port = Ports.free();
    Process holder = stand(port);
    awaitAnswer(port);
    Process start = start("-p", Integer.toString(port), "-l", "warning", "-f");
    Await.until("the server is ready", LIMIT, () -> said().contains("is ready after"));
    assertTrue(said().contains("http://localhost:" + port + "/"), said());
    assertTrue(said().contains("level WARNING"), said());
    assertFalse(holder.isAlive());
    signal("TERM", start);
    assertTrue(start.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS));
    Process help = start("-h");
    assertTrue(help.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS));
    assertEquals(0, help.exitValue());
    assertTrue(said().startsWith("Usage: bin/start [options]"), said());
  }

  @Test
  void anOptionWithoutItsValueIsExplained() throws Exception {
    for (String option : List.of("-p", "--port", "-l", "--log-level")) {
      Process start = start(option);
      assertTrue(start.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS));
      assertEquals(2, start.exitValue(), option);
      assertTrue(said().startsWith("ERROR: " + option + " needs a value"), said());
    }
  }

  @Test
  void ofTwoStartsWithTheSameDataTheSecondRefuses() throws Exception {
    int port = Ports.free();
    startBehindAGate(port);
    Process second = startInto("said second", "--port", Integer.toString(Ports.free()));
    assertTrue(second.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS));
    assertEquals(1, second.exitValue(), said("said second"));
    String data = "The data in " + home.toRealPath().resolve("data") + " are in use by ";
    assertTrue(said("said second").contains(data), said("said second"));
    write("gate", "");
    Await.until("the first is ready", LIMIT, () -> said().contains("is ready after"));
  }

  @Test
  void ofTwoStartsWithOtherDataTheSecondTakesAnotherPortAndItsOwnLogs() throws Exception {
    int port = Ports.free();
    startBehindAGate(port);
    environment.remove("GATE");
    environment.put("BINNACLE_DATA_DIR", folder.resolve("other data").toString());
    startInto("said second", "--port", Integer.toString(port));
    Await.until("it is ready", LIMIT, () -> said("said second").contains("is ready after"));
    String told = "Port " + port + " already in use, trying port " + (port + 1);
    assertTrue(said("said second").contains(told), said("said second"));
    assertTrue(said("said second").contains("other data/logs/binnacle.log"), said("said second"));
    assertTrue(Files.exists(home.resolve("ear/target/run/" + port + "/servers")));
    write("gate", "");
    Await.until("the first is ready", LIMIT, () -> said().contains("is ready after"));
    environment.put("BINNACLE_DATA_DIR", folder.resolve("more data").toString());
    environment.put("BINNACLE_LOG_DIR", home.resolve("logs").toString());
    Process third = startInto("said third", "--port", Integer.toString(Ports.free()));
    assertTrue(third.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS));
    assertTrue(said("said third").contains("Set BINNACLE_LOG_DIR."), said("said third"));
  }

  /** A server that has got its port, and does not listen there before the file {@code gate} is. */
  private Process startBehindAGate(int port) throws IOException {
    environment.put("GATE", home.resolve("gate").toString());
    Process start = start("--port", Integer.toString(port));
    Await.until("it has begun", LIMIT, () -> said().contains("Starting server on port " + port));
    return start;
  }

  @Test
  void whoElseAnswersOnThePortIsNotTakenForTheServer() throws Exception {
    environment.put("BINNACLE_START_SECONDS", "10");
    int port = Ports.free();
    Process start = startBehindAGate(port);
    stand(port);
    assertTrue(start.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS));
    assertFalse(said().contains("is ready after"), said());
    assertTrue(said().contains("The server was not ready after 10 s"), said());
  }

  @Test
  void forceKillTakesOverTheDataOfWhatItEnds() throws Exception {
    int port = Ports.free();
    Process first = start("--port", Integer.toString(port));
    Await.until("the server is ready", LIMIT, () -> said().contains("is ready after"));
    startInto("said second", "--force-kill", "--port", Integer.toString(port));
    Await.until("it is ready", LIMIT, () -> said("said second").contains("is ready after"));
    assertTrue(first.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS));
    String logs = home.toRealPath().resolve("logs/binnacle.log").toString();
    assertTrue(said("said second").contains(logs), said("said second"));
  }

  @Test
  void aServerThatRunsIsNotBuiltAway() throws Exception {
    write("web-module/src/main/More.java", "");
    start("--port", Integer.toString(Ports.free()));
    Await.until("the server is ready", LIMIT, () -> said().contains("is ready after"));
    Files.delete(home.resolve("web-module/src/main/More.java"));
    environment.put("BINNACLE_DATA_DIR", folder.resolve("other data").toString());
    Process second = startInto("said second", "--port", Integer.toString(Ports.free()));
    assertTrue(second.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS));
    assertEquals(1, second.exitValue(), said("said second"));
    assertTrue(said("said second").contains(" runs from "), said("said second"));
    assertEquals(List.of("package"), builds());
  }

  @Test
  void aScreenThatIsGoneStopsNothingButMayNotKeepTheServer() throws Exception {
    int port = Ports.free();
    Process start = kept(command("--port", Integer.toString(port)).start());
    BufferedReader screen = start.inputReader();
    for (String line = ""; !line.contains("stop "); line = screen.readLine()) {
      assertTrue(line != null, "it is ready");
    }
    List<ProcessHandle> below = start.descendants().toList();
    screen.close();
    say(port);
    signal("INT", start);
    assertTrue(start.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS));
    assertEquals(0, start.exitValue());
    Await.until("all is gone", LIMIT, () -> below.stream().noneMatch(ProcessHandle::isAlive));
    assertTrue(consoleLog().contains("INFO: later"), consoleLog());
    assertTrue(consoleLog().contains("Stopped"), consoleLog());
  }

  @Test
  void aFullDiskDoesNotEndWhatIsShown() throws Exception {
    int port = Ports.free();
    Process start = start("--port", Integer.toString(port));
    Await.until("the server is ready", LIMIT, () -> said().contains("is ready after"));
    try (DirectoryStream<Path> logs =
        Files.newDirectoryStream(home.resolve("logs"), "console_*.log")) {
      for (Path log : logs) {
        Files.delete(log);
        Files.createSymbolicLink(log, Path.of("/dev/full"));
      }
    }
    say(port);
    say(port);
    Await.until("both are shown", LIMIT, () -> said().split("INFO: later", -1).length == 3);
    signal("TERM", start);
    assertTrue(start.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS));
    assertEquals(0, start.exitValue(), said());
  }

  /** Has the stand-in of the server print a line. */
  private void say(int port) {
    assertEquals(200, new Api(URI.create("http://127.0.0.1:" + port)).get("/say").status());
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
    Await.until("it says so", LIMIT, () -> said().contains("is ready after"));
    signal("TERM", start);
    assertTrue(start.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS));
    assertEquals(0, start.exitValue(), said());
  }

  /**
   * A shell that was started in the background ignores Ctrl-C; the script must not inherit that.
   */
  private ProcessBuilder command(String... options) {
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

  private Process start(String... options) throws IOException {
    return startInto("said", options);
  }

  private Process startInto(String file, String... options) throws IOException {
    return kept(command(options).redirectOutput(home.resolve(file).toFile()).start());
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

  private void git(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("git", "-C", home.toString()));
    command.addAll(List.of(arguments));
    assertEquals(0, new ProcessBuilder(command).start().waitFor());
  }

  private String consoleLog() throws IOException {
    StringBuilder all = new StringBuilder();
    try (DirectoryStream<Path> logs =
        Files.newDirectoryStream(home.resolve("logs"), "console_*.log")) {
      for (Path log : logs) {
        all.append(Files.readString(log));
      }
    }
    return all.toString();
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
    return said("said");
  }

  private String said(String file) {
    try {
      return Files.exists(home.resolve(file)) ? Files.readString(home.resolve(file)) : "";
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
