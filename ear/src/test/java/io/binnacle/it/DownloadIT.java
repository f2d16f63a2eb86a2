package io.binnacle.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.it.http.Answer;
import io.binnacle.it.http.Api;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(RunningServer.class)
class DownloadIT {
  @ParameterizedTest
  @ValueSource(strings = {"txt", "json", "ndjson", "csv"})
  void aFileIsCompressedForWhoAcceptsIt(String format, Api api) throws IOException {
    TestRun run = TestRun.make(api, "file");
    Map<String, String> line = Map.of("message", "the same line ".repeat(10));
    api.post(run.logs() + "/batch", Map.of("logs", Collections.nCopies(1_000, line))).expect(200);
    String address = run.logs() + "/download?format=" + format;
    Answer plain = api.get(address).expect(200);
    assertEquals("", plain.header("Content-Encoding"));

    Answer packed = api.withHeader("Accept-Encoding", "gzip").get(address).expect(200);

    assertEquals("gzip", packed.header("Content-Encoding"));
    assertTrue(packed.body().length < plain.body().length / 5, packed.body().length + " bytes");
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
      assertArrayEquals(plain.body(), in.readAllBytes());
    }
  }
}
