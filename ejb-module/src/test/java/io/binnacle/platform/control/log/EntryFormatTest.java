package io.binnacle.platform.control.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class EntryFormatTest {
  private static final LogEntry ENTRY =
      new LogEntry(
          LocalDateTime.of(2026, 11, 21, 8, 15, 30, 123_456_789)
              .atZone(ZoneId.systemDefault())
              .toInstant(),
          "io.binnacle.runs",
          LogLevel.WARNING,
          "4f3a",
          "a run is silent",
          null);

  @Test
  void filesShowTimeNameLevelAndMessage() {
    assertEquals(
        "2026-11-21 08:15:30,123 - io.binnacle.runs - WARNING - [4f3a] a run is silent\n",
        written(EntryFormat.FILE, ENTRY));
  }

  @Test
  void theConsoleShowsLevelAndMessage() {
    assertEquals("WARNING: [4f3a] a run is silent\n", written(EntryFormat.CONSOLE, ENTRY));
  }

  @Test
  void outsideRequestsThereIsNoRequestId() {
    assertEquals("INFO: hello\n", written(EntryFormat.CONSOLE, entry("hello", null)));
  }

  @Test
  void aMessageStaysOneLineWhateverItQuotes() {
    assertEquals(
        "INFO: a\\nERROR: forged\\r\\u001b[2Jend\tx\n",
        written(EntryFormat.CONSOLE, entry("a\nERROR: forged\r\u001b[2Jend\tx", null)));
  }

  @Test
  void aStackTraceFollowsItsMessage() {
    assertEquals(
        "INFO: it broke\njava.io.IOException: no\n\tat X\n",
        written(EntryFormat.CONSOLE, entry("it broke", "java.io.IOException: no\n\tat X\n")));
  }

  @Test
  void everyLineOfAStackTraceBearsTheRequest() {
    LogEntry entry =
        new LogEntry(
            ENTRY.time(), "x", LogLevel.ERROR, "4f3a", "it broke", "E: no\n\tat X\n\tat Y\n");
    assertEquals(
        "ERROR: [4f3a] it broke\n[4f3a] E: no\n[4f3a] \tat X\n[4f3a] \tat Y\n",
        written(EntryFormat.CONSOLE, entry));
  }

  @Test
  void jsonIsOneObjectALine() {
    String json = written(EntryFormat.JSON, entry("say \"hi\"\n", "E: x\n"));
    assertTrue(json.startsWith("{\"time\":\"2026-11-"), json);
    assertTrue(
        json.endsWith(
            ",\"level\":\"INFO\",\"logger\":\"io.binnacle.runs\","
                + "\"message\":\"say \\\"hi\\\"\\n\",\"exception\":\"E: x\\n\"}\n"),
        json);
  }

  private static LogEntry entry(String message, String exception) {
    return new LogEntry(ENTRY.time(), ENTRY.logger(), LogLevel.INFO, null, message, exception);
  }

  private static String written(EntryFormat format, LogEntry entry) {
    StringBuilder out = new StringBuilder();
    format.append(entry, out);
    return out.toString();
  }
}
