package io.binnacle.logs.boundary.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.logs.control.ingest.LogBatch;
import io.binnacle.logs.control.ingest.LogBatchReader;
import io.binnacle.logs.control.ingest.LogLimits;
import io.binnacle.logs.entity.LineBuffer;
import io.binnacle.platform.boundary.rest.InflatedBody;
import io.binnacle.platform.control.ingest.ByteBudget;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class IngestMemoryTest {
  private static final int MIB = 1 << 20;
  private static final LogLimits LIMITS = new LogLimits(5_000, 8 << 20, 64 << 10, 64 << 10);

  @Test
  void aSmallBodyThatInflatesTakesTheMemoryOfItsLines() {
    ByteBudget budget = new ByteBudget(128 * MIB);
    byte[] bomb = gzip(manyLines());
    assertTrue(bomb.length < 100_000, "it is small: " + bomb.length);

    IngestMemory memory = IngestMemory.take(budget, bomb.length);
    assertTrue(budget.taken() < MIB);
    LineBuffer lines = new LineBuffer();
    read(memory, bomb, lines);

    assertTrue(lines.memoryBytes() > 7 * MIB);
    assertTrue(budget.taken() >= lines.memoryBytes(), "while it is read");
    memory.settle(lines);
    assertTrue(budget.taken() >= lines.memoryBytes() + lines.bytes(), "while it waits");
    memory.release();
    assertEquals(0, budget.taken());
  }

  @Test
  void bombsThatComeAtOnceNeverHoldMoreThanTheBudget() throws Exception {
    int senders = 40;
    ByteBudget budget = new ByteBudget(64 * MIB);
    byte[] bomb = gzip(manyLines());
    List<LineBuffer> held = new ArrayList<>();
    int refused = 0;
    CountDownLatch begin = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(senders);
    try {
      List<Future<LineBuffer>> batches = new ArrayList<>();
      for (int i = 0; i < senders; i++) {
        batches.add(
            threads.submit(
                () -> {
                  begin.await();
                  return heldOrReleased(budget, bomb);
                }));
      }
      begin.countDown();
      for (Future<LineBuffer> batch : batches) {
        try {
          held.add(batch.get());
        } catch (ExecutionException e) {
          ProblemException refusal = (ProblemException) e.getCause();
          assertEquals(ProblemType.TOO_MANY_REQUESTS, refusal.type());
          assertEquals(1, refusal.retryAfterSeconds());
          refused++;
        }
      }
    } finally {
      threads.shutdownNow();
    }
    long memory = held.stream().mapToLong(LineBuffer::memoryBytes).sum();
    assertTrue(memory <= 64 * MIB, held.size() + " batches hold " + memory);
    assertTrue(refused >= senders - 8, refused + " were refused");
    assertTrue(budget.taken() >= memory && budget.taken() <= 64 * MIB);
  }

  @Test
  void aBodyWithoutALengthTakesMoreAsItComes() {
    ByteBudget budget = new ByteBudget(128 * MIB);

    IngestMemory memory = IngestMemory.take(budget, -1);
    assertTrue(budget.taken() < 100_000, "not the largest body there may be");
    LineBuffer lines = new LineBuffer();
    parse(memory.growingWith(new ByteArrayInputStream(manyLines()), lines), lines);

    assertTrue(budget.taken() >= lines.memoryBytes());
  }

  @Test
  void aLongTextIsChargedForTheCopiesThatTheParserMakesOfIt() {
    byte[] body = batch("x".repeat(4 * MIB), 1);
    ByteBudget small = new ByteBudget(16 * MIB);
    LineBuffer lines = new LineBuffer();
    IngestMemory memory = IngestMemory.take(small, body.length);

    ProblemException refusal =
        assertThrows(
            ProblemException.class,
            () -> parse(memory.growingWith(new ByteArrayInputStream(body), lines), lines));

    assertEquals(ProblemType.TOO_MANY_REQUESTS, refusal.type());
    memory.release();
    assertEquals(0, small.taken());
    ByteBudget large = new ByteBudget(64 * MIB);
    IngestMemory enough = IngestMemory.take(large, body.length);
    parse(enough.growingWith(new ByteArrayInputStream(body), lines), lines);
    enough.settle(lines);
    assertTrue(large.taken() < MIB, "what was cut off is no longer held: " + large.taken());
  }

  @Test
  void aLineThatIsRefusedIsNotHeld() {
    ByteBudget budget = new ByteBudget(MIB);
    String line = "{\"timestamp\":\"never\",\"message\":\"" + "x".repeat(1_000) + "\"}";
    byte[] body =
        ("{\"logs\":[" + (line + ",").repeat(4_000) + line + "]}")
            .getBytes(StandardCharsets.US_ASCII);
    LineBuffer lines = new LineBuffer();
    IngestMemory memory = IngestMemory.take(budget, -1);

    LogBatch batch =
        new LogBatchReader(LIMITS)
            .readBatch(memory.growingWith(new ByteArrayInputStream(body), lines), lines, 1);

    assertEquals(4_001, batch.refusedCount());
    assertTrue(budget.taken() < 200_000, "taken: " + budget.taken());
  }

  @Test
  void anOrdinaryBatchTakesLittleMoreThanItsLines() {
    ByteBudget budget = new ByteBudget(MIB);
    byte[] body = batch("a line of the usual length, which is about a hundred bytes or so", 100);
    LineBuffer lines = new LineBuffer();
    IngestMemory memory = IngestMemory.take(budget, body.length);

    parse(memory.growingWith(new ByteArrayInputStream(body), lines), lines);
    memory.settle(lines);

    assertTrue(budget.taken() < 80_000, "taken: " + budget.taken());
  }

  private static LineBuffer heldOrReleased(ByteBudget budget, byte[] bomb) {
    IngestMemory memory = IngestMemory.take(budget, bomb.length);
    try {
      LineBuffer lines = new LineBuffer();
      read(memory, bomb, lines);
      memory.settle(lines);
      return lines;
    } catch (RuntimeException e) {
      memory.release();
      throw e;
    }
  }

  private static void read(IngestMemory memory, byte[] gzip, LineBuffer lines) {
    try (InputStream inflated =
        InflatedBody.open(new ByteArrayInputStream(gzip), "gzip", LIMITS.bodyBytes())) {
      parse(memory.growingWith(inflated, lines), lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void parse(InputStream body, LineBuffer lines) {
    LogBatch batch = new LogBatchReader(LIMITS).readBatch(body, lines, 1);
    assertEquals(0, batch.refusedCount());
  }

  /** Nearly as much as a batch may be. */
  private static byte[] manyLines() {
    return batch("x".repeat(1_600), LIMITS.lines());
  }

  private static byte[] batch(String message, int lines) {
    String line = "{\"message\":\"" + message + "\"}";
    String all = "{\"logs\":[" + (line + ",").repeat(lines - 1) + line + "]}";
    return all.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] gzip(byte[] body) {
    ByteArrayOutputStream small = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(small)) {
      gzip.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return small.toByteArray();
  }
}
