package io.binnacle.logs.control.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.logs.entity.SegmentInfo;
import java.util.List;
import org.junit.jupiter.api.Test;

class SegmentBatchTest {
  private final SegmentBatch batch = new SegmentBatch(100);

  @Test
  void itIsFullWithTheLinesOfAPage() {
    batch.add(info(99, 1));
    assertFalse(batch.isFull());
    batch.add(info(1, 1));
    assertTrue(batch.isFull());
  }

  @Test
  void itIsFullWhenTheTextWouldFillTheMemory() {
    batch.add(info(1, 4 << 20));

    assertTrue(batch.isFull());
  }

  @Test
  void itIsFullWithAsManySegmentsAsAreOpenedAtOnce() {
    for (int i = 0; i < 127; i++) {
      batch.add(info(0, 0));
    }
    assertFalse(batch.isFull());
    batch.add(info(0, 0));
    assertTrue(batch.isFull());
  }

  @Test
  void whatIsTakenComesInItsOrderAndOnlyOnce() {
    List<SegmentInfo> added = List.of(info(2, 1), info(1, 1));
    added.forEach(batch::add);

    assertEquals(added, batch.take());
    assertEquals(List.of(), batch.take());
  }

  @Test
  void everyBatchMayHaveTwiceTheLinesOfTheOneBefore() {
    batch.add(info(100, 1));
    batch.take();

    batch.add(info(199, 1));
    assertFalse(batch.isFull());
    batch.add(info(1, 1));
    assertTrue(batch.isFull());
  }

  @Test
  void aBatchOfNothingIsNoReasonToReadFurther() {
    batch.take();

    batch.add(info(100, 1));
    assertTrue(batch.isFull());
  }

  private static SegmentInfo info(int lines, int rawBytes) {
    return new SegmentInfo(1, 1, lines, 0, 0, 0, 0, new byte[0], new byte[0], rawBytes, 0, 0, 0);
  }
}
