package io.binnacle.it;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.binnacle.it.http.Api;
import io.binnacle.it.http.DeafTail;
import io.binnacle.it.http.Tail;
import io.binnacle.it.server.BinnacleServer;
import io.binnacle.it.server.ServerOptions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A viewer that neither reads nor answers is let go, and its place is free for another. */
class SilentTailIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int BATCHES = 12;
  private static final int LINES = 500;

  @Test
  void aTailThatNeverReadsIsClosedAndTheOthersGoOn() {
    ServerOptions options =
        ServerOptions.named("silent-tail")
            .with("BINNACLE_TAIL_SILENCE_SECONDS", "5")
            .with("BINNACLE_TAIL_CONNECTIONS_PER_USER", "2");
    ScheduledExecutorService alive = Executors.newSingleThreadScheduledExecutor();
    try (BinnacleServer server = new BinnacleServer(options)) {
      Api api = server.api();
      TestRun run = TestRun.make(api, "silent");
      String stream = run.logs() + "/stream";
      try (DeafTail deaf = DeafTail.open(api, stream);
          Tail other = new Tail(api, stream)) {
        alive.scheduleWithFixedDelay(
            () -> other.send("{\"type\":\"pong\"}"), 0, 500, TimeUnit.MILLISECONDS);
        assertTrue(deaf.endsOrReads("\"history\"", SOON));
        other.await("history", SOON, SilentTailIT::isHistory);
        assertTrue(deaf.isHeldByServer());
        assertFalse(isAdmitted(api, stream), "a third one");

        for (int i = 0; i < BATCHES; i++) {
          api.post(run.logs() + "/batch", batch(i)).expect(200);
        }
        Await.until("the end of the deaf one", SOON, () -> !deaf.isHeldByServer());
        Await.until("a free place", SOON, () -> isAdmitted(api, stream));
        assertTrue(deaf.endsOrReads("the line that comes last", SOON), "there is more to read");

        api.post(run.logs(), Map.of("message", "the line that comes last")).expect(201);
        Await.until(
            "lines at the other", SOON, () -> other.lines().contains("the line that comes last"));
        assertFalse(other.isClosed());
      } finally {
        alive.shutdownNow();
      }
    }
  }

  private static boolean isHistory(JsonNode message) {
    return message.path("type").asText().equals("history");
  }

  /** Whether one more tail of the same user may begin. */
  private static boolean isAdmitted(Api api, String stream) {
    try (Tail tail = new Tail(api, stream)) {
      return Await.value(
          "an answer",
          SOON,
          () ->
              tail.isClosed() || tail.refusals().contains("too_many_requests")
                  ? Optional.of(false)
                  : tail.cursor().map(cursor -> true));
    }
  }

  private static Map<String, Object> batch(int number) {
    String text = "x".repeat(1000);
    return Map.of(
        "logs",
        IntStream.range(0, LINES)
            .mapToObj(i -> Map.of("message", number + " " + i + " " + text))
            .toList());
  }
}
