package io.binnacle.logs.control.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.binnacle.logs.control.LogAddress;
import io.binnacle.logs.entity.LineBuffer;
import io.binnacle.logs.entity.LogFilter;
import io.binnacle.logs.entity.LogOwner;
import io.binnacle.logs.entity.LogStream;
import io.binnacle.logs.entity.OwnerKind;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.security.entity.ProjectScope;
import io.binnacle.testing.TestLogs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogDownloadTest {
  private static final LogOwner OWNER = new LogOwner(OwnerKind.RUN, 100);
  private static final LogAddress LOG =
      new LogAddress(ProjectScope.granted(TestLogs.PROJECT), OWNER, "run_id", "r");
  private static final LogStream MAIN = TestLogs.stream(1, OWNER, "main");
  private static final long TIME = 1_700_000_000_000_000_000L;
  private static final String TOLD =
      "The download is not complete. The expression takes too long on these lines; nested"
          + " repetitions are the usual reason.";

  private final SegmentsInMemory segments = new SegmentsInMemory();
  private final LogDownload download = new LogDownload();
  private final ByteArrayOutputStream file = new ByteArrayOutputStream();

  @BeforeEach
  void prepare() {
    download.search = segments.search(100);
    keep(1, "aa");
  }

  @Test
  void everyFormatHasEveryLine() throws IOException {
    assertEquals("[22:13:20] [INFO] [stdout] aa\n", written(LogDownload.Format.TXT, null));
    assertEquals(
        "stream,line_number,timestamp,level,source,message,fields\r\n"
            + "\"main\",1,2023-11-14T22:13:20Z,\"INFO\",\"stdout\",\"aa\",\"\"\r\n",
        written(LogDownload.Format.CSV, null));
    String object = written(LogDownload.Format.NDJSON, null);
    assertEquals("[" + object + "]", written(LogDownload.Format.JSON, null));
  }

  @Test
  void aFileThatEndsEarlySaysSo() throws IOException {
    String line = written(LogDownload.Format.NDJSON, null);
    keep(2, "a".repeat(60_000) + "!");

    assertEquals("[22:13:20] [INFO] [stdout] aa\n[" + TOLD + "]\n", cut(LogDownload.Format.TXT));
    assertEquals(
        "stream,line_number,timestamp,level,source,message,fields\r\n"
            + "\"main\",1,2023-11-14T22:13:20Z,\"INFO\",\"stdout\",\"aa\",\"\"\r\n"
            + "\"\",,,,,\""
            + TOLD
            + "\",\r\n",
        cut(LogDownload.Format.CSV));
    assertEquals(line + "{\"error\":\"" + TOLD + "\"}\n", cut(LogDownload.Format.NDJSON));
    assertEquals("[" + line, cut(LogDownload.Format.JSON));
  }

  private String cut(LogDownload.Format format) {
    assertThrows(ProblemException.class, () -> written(format, "(a+)+$"));
    return file.toString(StandardCharsets.UTF_8);
  }

  private String written(LogDownload.Format format, @Nullable String regex) throws IOException {
    file.reset();
    LogFilter filter =
        new LogFilter(Set.of(), 1, Set.of(), null, regex, false, Map.of(), null, null);
    LogQuery query = new LogQuery(filter, null, 1, Long.MAX_VALUE, false, 100, null);
    download.write(LOG, query, format, Map.of(1L, "main"), file);
    return file.toString(StandardCharsets.UTF_8);
  }

  private void keep(long line, String message) {
    LineBuffer lines = new LineBuffer();
    TestLogs.add(lines, TIME, message);
    segments.keep(MAIN, line, 0, lines);
  }
}
