package io.binnacle.bench.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TrainingLogsTest {
  private static final Instant START = Instant.parse("2026-03-04T05:06:07Z");

  @Test
  void linesHave114BytesOfTextOnAverage() {
    TrainingLogs logs = new TrainingLogs(1, START, 1_000_000);
    long bytes = 0;
    for (int i = 0; i < 200_000; i++) {
      bytes += logs.next().textBytes();
    }
    assertEquals(114, bytes / 200_000.0, 2);
  }

  @Test
  void oneSeedGivesOneLogAndAnotherSeedAnother() {
    TrainingLogs one = new TrainingLogs(5, START, 1_000_000);
    TrainingLogs same = new TrainingLogs(5, START, 1_000_000);
    TrainingLogs other = new TrainingLogs(6, START, 1_000_000);
    for (int i = 0; i < 1_000; i++) {
      LogLine line = one.next();
      assertEquals(line, same.next());
      assertNotEquals(line, other.next());
    }
  }

  @Test
  void needlesStandWhereTheyAreAnnounced() {
    TrainingLogs logs = new TrainingLogs(2, START, 1_000_000);
    long found = 0;
    for (int i = 1; i <= 300_000; i++) {
      boolean needle = logs.next().message().contains(TrainingLogs.NEEDLE);
      assertEquals(i % TrainingLogs.NEEDLE_EVERY == TrainingLogs.NEEDLE_AT, needle);
      found += needle ? 1 : 0;
    }
    assertEquals(TrainingLogs.needlesIn(300_000), found);
  }

  @Test
  void everyLineIsRenderedAsItsOwnJson() throws Exception {
    TrainingLogs logs = new TrainingLogs(3, START, 1_000_000);
    TrainingLogs same = new TrainingLogs(3, START, 1_000_000);
    Batch batch = Batch.of(logs, 20_000, new JsonBytes());
    String body = "{" + StandardCharsets.UTF_8.decode(batch.logs().duplicate());
    boolean unicode = false;
    for (JsonNode rendered : new JsonMapper().readTree(body).get("logs")) {
      LogLine line = same.next();
      assertEquals(line.message(), rendered.get("message").asText());
      assertEquals(line.level(), rendered.get("level").asText());
      assertEquals(line.timeNanos() / 1000, micros(rendered.get("timestamp").asText()));
      assertEquals(line.fields() != null, rendered.has("fields"));
      unicode |= line.message().contains("再試行");
    }
    assertTrue(unicode);
  }

  private static long micros(String timestamp) {
    Instant time = Instant.parse(timestamp);
    return time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000;
  }
}
