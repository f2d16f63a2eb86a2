package io.binnacle.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.it.server.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code bin/start} beside others: on their port, with their data, from the same build. */
class StartTogetherIT extends StartHouse {
  @Test
  void forceKillEndsOnlyTheProcessOnThatPort() throws Exception {
    int port = Ports.free();
    Process holder = stand(port);
    int otherPort = Ports.free();
    Process bystander = stand(otherPort);
    awaitAnswer(port);
    awaitAnswer(otherPort);
    start("--force-kill", "--port", Integer.toString(port));
    exitOf(holder);
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
    awaitReady("said");
    assertTrue(holder.isAlive());
  }

  @Test
  void ofTwoStartsWithTheSameDataTheSecondRefuses() throws Exception {
    int port = Ports.free();
    startBehindAGate(port);
    Process second = startInto("said second", "--port", Integer.toString(Ports.free()));
    assertEquals(1, exitOf(second), said("said second"));
    String data = "The data in " + home.toRealPath().resolve("data") + " are in use by ";
    assertTrue(said("said second").contains(data), said("said second"));
    write("gate", "");
    awaitReady("said");
  }

  @Test
  void ofTwoStartsWithOtherDataTheSecondTakesAnotherPortAndItsOwnLogs() throws Exception {
    int port = Ports.free();
    startBehindAGate(port);
    environment.remove("GATE");
    environment.put("BINNACLE_DATA_DIR", folder.resolve("other data").toString());
    startInto("said second", "--port", Integer.toString(port));
    awaitReady("said second");
    String told = "Port " + port + " already in use, trying port " + (port + 1);
    assertTrue(said("said second").contains(told), said("said second"));
    assertTrue(said("said second").contains("other data/logs/binnacle.log"), said("said second"));
    assertTrue(Files.exists(home.resolve("ear/target/run/" + port + "/servers")));
    write("gate", "");
    awaitReady("said");
    environment.put("BINNACLE_DATA_DIR", folder.resolve("more data").toString());
    environment.put("BINNACLE_LOG_DIR", home.resolve("logs").toString());
    Process third = startInto("said third", "--port", Integer.toString(Ports.free()));
    exitOf(third);
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
    exitOf(start);
    assertFalse(said().contains("is ready after"), said());
    assertTrue(said().contains("The server was not ready after 10 s"), said());
  }

  @Test
  void forceKillTakesOverTheDataOfWhatItEnds() throws Exception {
    int port = Ports.free();
    Process first = start("--port", Integer.toString(port));
    awaitReady("said");
    startInto("said second", "--force-kill", "--port", Integer.toString(port));
    awaitReady("said second");
    exitOf(first);
    String logs = home.toRealPath().resolve("logs/binnacle.log").toString();
    assertTrue(said("said second").contains(logs), said("said second"));
  }

  @Test
  void aServerThatRunsIsNotBuiltAway() throws Exception {
    write("web-module/src/main/More.java", "");
    start("--port", Integer.toString(Ports.free()));
    awaitReady("said");
    Files.delete(home.resolve("web-module/src/main/More.java"));
    environment.put("BINNACLE_DATA_DIR", folder.resolve("other data").toString());
    Process second = startInto("said second", "--port", Integer.toString(Ports.free()));
    assertEquals(1, exitOf(second), said("said second"));
    assertTrue(said("said second").contains(" runs from "), said("said second"));
    assertEquals(List.of("package"), builds());
  }
}
