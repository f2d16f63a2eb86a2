package io.binnacle.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.it.http.Api;
import io.binnacle.it.server.Install;
import io.binnacle.it.server.Ports;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code bin/start}: what it builds, its options, what it says and logs, and how it ends. */
class StartScriptIT extends StartHouse {
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
    assertEquals(0, exitOf(start), said());
    assertTrue(said().contains("Stopped"), said());
    Await.until("all is gone", LIMIT, () -> below.stream().noneMatch(ProcessHandle::isAlive));
  }

  @Test
  void aServerThatIsNotReadyInTimeIsAFailure() throws Exception {
    environment.put("STAND", "503");
    environment.put("BINNACLE_START_SECONDS", "2");
    Process start = start("--port", Integer.toString(Ports.free()));
    assertEquals(1, exitOf(start), said());
    assertTrue(said().contains("The server was not ready after 2 s"), said());
    assertTrue(said().contains("Stopped"), said());
  }

  @Test
  void aServerThatCannotStartIsAFailure() throws Exception {
    environment.put("STAND", "nonsense");
    Process start = start("--port", Integer.toString(Ports.free()));
    assertEquals(1, exitOf(start), said());
  }

  @Test
  void anApplicationThatSaysWhyItDoesNotStartIsAFailureAtOnce() throws Exception {
    environment.put("STAND", "503");
    environment.put("SAYS", "CRITICAL: Binnacle does not start. The database can't be used.");
    Process start = start("--port", Integer.toString(Ports.free()));
    assertEquals(1, exitOf(start), said());
    assertEquals(1, said().split("does not start", -1).length - 1, said());
  }

  @Test
  void anApplicationThatTheServerGivesUpIsAFailureAtOnce() throws Exception {
    environment.put("STAND", "503");
    environment.put("MESSAGE", "CWWKZ0002E: no start. The exception message was: It broke");
    Process start = start("--port", Integer.toString(Ports.free()));
    assertEquals(1, exitOf(start), said());
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
      assertEquals(1, exitOf(start), name);
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
    awaitReady("said");
    signal("TERM", start);
    exitOf(start);
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
    awaitReady("said");
    signal("TERM", start);
    exitOf(start);
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
    exitOf(process);
    assertEquals("Binnacle 7.8, commit unknown, not built yet\n", said());
  }

  @Test
  void aServerThatEndsByItselfIsAFailure() throws Exception {
    Process start = start("--port", Integer.toString(Ports.free()));
    awaitReady("said");
    start
        .descendants()
        .filter(process -> process.info().command().orElse("").endsWith("java"))
        .forEach(ProcessHandle::destroyForcibly);
    assertEquals(1, exitOf(start), said());
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
  void shortOptionsAreTheLongOnes() throws Exception {
    int port = Ports.free();
    Process holder = stand(port);
    awaitAnswer(port);
    Process start = start("-p", Integer.toString(port), "-l", "warning", "-f");
    awaitReady("said");
    assertTrue(said().contains("http://localhost:" + port + "/"), said());
    assertTrue(said().contains("level WARNING"), said());
    assertFalse(holder.isAlive());
    signal("TERM", start);
    exitOf(start);
    Process help = start("-h");
    assertEquals(0, exitOf(help));
    assertTrue(said().startsWith("Usage: bin/start [options]"), said());
  }

  @Test
  void anOptionWithoutItsValueIsExplained() throws Exception {
    for (String option : List.of("-p", "--port", "-l", "--log-level")) {
      Process start = start(option);
      assertEquals(2, exitOf(start), option);
      assertTrue(said().startsWith("ERROR: " + option + " needs a value"), said());
    }
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
    assertEquals(0, exitOf(start));
    Await.until("all is gone", LIMIT, () -> below.stream().noneMatch(ProcessHandle::isAlive));
    assertTrue(consoleLog().contains("INFO: later"), consoleLog());
    assertTrue(consoleLog().contains("Stopped"), consoleLog());
  }

  @Test
  void aFullDiskDoesNotEndWhatIsShown() throws Exception {
    int port = Ports.free();
    Process start = start("--port", Integer.toString(port));
    awaitReady("said");
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
    assertEquals(0, exitOf(start), said());
  }

  /** Has the stand-in of the server print a line. */
  private void say(int port) {
    assertEquals(200, new Api(URI.create("http://127.0.0.1:" + port)).get("/say").status());
  }

  @Test
  void aWrongOptionIsExplained() throws Exception {
    for (String wrong : List.of("--port=0", "--port=70000", "--log-level=LOUD", "--sail")) {
      Process start = start(wrong);
      assertEquals(2, exitOf(start), wrong);
    }
    assertFalse(Files.exists(home.resolve("builds")), "nothing is built for a wrong option");
  }

  private void git(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("git", "-C", home.toString()));
    command.addAll(List.of(arguments));
    assertEquals(0, new ProcessBuilder(command).start().waitFor());
  }
}
