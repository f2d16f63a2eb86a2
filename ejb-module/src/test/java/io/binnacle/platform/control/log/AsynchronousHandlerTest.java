package io.binnacle.platform.control.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.platform.control.RequestId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class AsynchronousHandlerTest {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  @Test
  void whatWasLoggedIsWrittenBeforeTheHandlerIsClosed() {
    AsynchronousHandler handler = handler(1000, written::write);
    for (int i = 0; i < 900; i++) {
      handler.publish(record("line " + i));
    }
    handler.close();
    assertEquals(900, text().lines().count());
    assertTrue(text().startsWith("INFO: line 0\n"), text());
    assertTrue(text().endsWith("INFO: line 899\n"), text());
  }

  @Test
  void theRequestOfTheLoggingThreadIsShown() {
    AsynchronousHandler handler = handler(10, written::write);
    RequestId.enter("4f3a");
    try {
      handler.publish(record("hello"));
    } finally {
      RequestId.leave();
    }
    handler.close();
    assertEquals("INFO: [4f3a] hello\n", text());
  }

  @Test
  void whatIsBelowTheLevelIsNotWrittenWhateverItsLoggerLets() {
    AsynchronousHandler handler = handler(10, written::write);
    handler.setLevel(LogLevel.WARNING.threshold());
    handler.publish(record("not of interest"));
    handler.close();
    assertEquals("", text());
  }

  @Test
  void parametersAreFilledInAndBrokenPatternsStay() {
    AsynchronousHandler handler = handler(10, written::write);
    handler.publish(record("{0} of {1}", "one", 2));
    handler.publish(record("{broken", "one"));
    handler.close();
    assertEquals("INFO: one of 2\nINFO: {broken\n", text());
  }

  @Test
  void whatDoesNotFitIsDroppedCountedAndReported() throws InterruptedException {
    CountDownLatch stuck = new CountDownLatch(1);
    CountDownLatch writing = new CountDownLatch(1);
    AsynchronousHandler handler =
        handler(
            2,
            bytes -> {
              writing.countDown();
              awaitQuietly(stuck);
              written.write(bytes);
            });
    handler.publish(record("first"));
    writing.await();
    for (int i = 0; i < 5; i++) {
      handler.publish(record("more"));
    }
    stuck.countDown();
    handler.close();
    assertTrue(text().contains("WARNING: 3 log entries were dropped"), text());
    assertEquals(4, text().lines().count(), text());
  }

  @Test
  void aSinkThatFailsDoesNotEndTheLog() {
    AsynchronousHandler handler =
        handler(
            10,
            bytes -> {
              throw new IOException("disk full");
            });
    handler.publish(record("lost"));
    handler.close();
    assertEquals(1, handler.failures());
  }

  private static AsynchronousHandler handler(int capacity, LogSink sink) {
    return new AsynchronousHandler(capacity, Map.of(sink, EntryFormat.CONSOLE), Clock.systemUTC());
  }

  private static LogRecord record(String message, Object... parameters) {
    LogRecord record = new LogRecord(Level.INFO, message);
    record.setParameters(parameters);
    return record;
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String text() {
    return written.toString(StandardCharsets.UTF_8);
  }
}
