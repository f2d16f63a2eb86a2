package io.binnacle.bench.tail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.bench.http.Reply;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ViewerTest {
  private final Viewer viewer = new Viewer();

  @Test
  void countsWhatArrivedAndWhatWasSkipped() {
    receive("{\"type\":\"history\",\"items\":[],\"cursor\":\"77:500\"}");
    receive("{\"type\":\"logs\",\"items\":[" + "{},".repeat(40_000) + "{}],\"cursor\":\"77:600\"}");
    receive("{\"type\":\"skipped\",\"stream\":\"77\",\"count\":300,\"cursor\":\"77:900\"}");
    receive("{\"type\":\"logs\",\"items\":[{}],\"cursor\":\"77:1000\"}");
    assertEquals(300, viewer.skipped());
    assertEquals(200, viewer.delivered());
  }

  @Test
  void tellsTheDelayOfEachBatchThatCameAndOfNoneThatWasSkipped() {
    Commits commits = new Commits();
    for (int line = 100; line <= 500; line += 100) {
      byte[] body = ("{\"last_line\":" + line + "}").getBytes(StandardCharsets.US_ASCII);
      commits.acknowledged(new Reply(200, "", body), 0, System.nanoTime());
    }
    receive("{\"type\":\"history\",\"items\":[],\"cursor\":\"77:100\"}");
    receive("{\"type\":\"logs\",\"items\":[],\"cursor\":\"77:300\"}");
    receive("{\"type\":\"skipped\",\"count\":100,\"cursor\":\"77:400\"}");
    receive("{\"type\":\"logs\",\"items\":[],\"cursor\":\"77:500\"}");
    List<Long> delays = new ArrayList<>();
    viewer.delays(commits, delays::add);
    assertEquals(3, delays.size());
    assertTrue(delays.stream().allMatch(delay -> delay >= 0));
  }

  private void receive(String message) {
    byte[] payload = message.getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(0x81);
    if (payload.length < 126) {
      frame.write(payload.length);
    } else {
      frame.write(127);
      frame.writeBytes(ByteBuffer.allocate(8).putLong(payload.length).array());
    }
    frame.writeBytes(payload);
    byte[] bytes = frame.toByteArray();
    for (int i = 0; i < bytes.length; i += 1000) {
      viewer.frames().feed(ByteBuffer.wrap(bytes, i, Math.min(1000, bytes.length - i)));
    }
  }
}
