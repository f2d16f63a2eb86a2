package io.binnacle.logs.control.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.binnacle.logs.entity.LineBuffer;
import org.junit.jupiter.api.Test;

class LineBuffersTest {
  private final LineBuffers buffers = new LineBuffers();

  @Test
  void twoSendersNeverHaveTheSameBuffer() {
    assertNotSame(buffers.take().lines(), buffers.take().lines());
  }

  @Test
  void aBufferThatWasGivenBackIsLentAgainAndEmpty() {
    LineBuffers.Loan first = buffers.take();
    add(first.lines(), 10);
    first.giveBack();

    LineBuffer again = buffers.take().lines();

    assertSame(first.lines(), again);
    assertEquals(0, again.lines());
    assertEquals(0, again.bytes());
    assertEquals(0, again.sources().size());
  }

  @Test
  void aBufferThatIsGivenBackTwiceIsLentOnce() {
    LineBuffers.Loan first = buffers.take();
    first.giveBack();
    LineBuffer second = buffers.take().lines();
    first.giveBack();

    assertNotSame(second, buffers.take().lines());
  }

  @Test
  void aBufferThatGrewHugeIsNotKept() {
    LineBuffers.Loan huge = buffers.take();
    add(huge.lines(), 1 << 20);
    huge.giveBack();

    assertNotSame(huge.lines(), buffers.take().lines());
  }

  private static void add(LineBuffer lines, int size) {
    byte[] message = new byte[size];
    int level = lines.level("INFO", 9);
    int source = lines.source("user");
    lines.add(
        level, source, 1, 0, LineBuffer.NO_CLIENT_LINE, size, message, 0, size, message, 0, 0);
  }
}
