package io.binnacle.logs.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.logs.entity.SegmentInfo;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadAheadTest {
  private final ReadAhead ahead = new ReadAhead(100);

  @Test
  void itIsFullWithTheLinesOfAPage() {
    ahead.add(info(99, 1));
    assertFalse(ahead.isFull());
    ahead.add(info(1, 1));
    assertTrue(ahead.isFull());
  }

  @Test
  void itIsFullWhenTheTextWouldFillTheMemory() {
    ahead.add(info(1, 4 << 20));

    assertTrue(ahead.isFull());
  }

  @Test
  void itIsFullWithAsManySegmentsAsAreOpenedAtOnce() {
    for (int i = 0; i < 127; i++) {
      ahead.add(info(0, 0));
    }
    assertFalse(ahead.isFull());
    ahead.add(info(0, 0));
    assertTrue(ahead.isFull());
  }

  @Test
  void whatIsTakenComesInItsOrderAndOnlyOnce() {
    List<SegmentInfo> added = List.of(info(2, 1), info(1, 1));
    added.forEach(ahead::add);

    assertEquals(added, ahead.take());
    assertEquals(List.of(), ahead.take());
  }

  @Test
  void everyBatchMayHaveTwiceTheLinesOfTheOneBefore() {
    ahead.add(info(100, 1));
    ahead.take();

    ahead.add(info(199, 1));
    assertFalse(ahead.isFull());
    ahead.add(info(1, 1));
    assertTrue(ahead.isFull());
  }

  @Test
  void aBatchOfNothingIsNoReasonToReadFurther() {
    ahead.take();

    ahead.add(info(100, 1));
    assertTrue(ahead.isFull());
  }

  private static SegmentInfo info(int lines, int rawBytes) {
    return new SegmentInfo(1, 1, lines, 0, 0, 0, 0, new byte[0], new byte[0], rawBytes, 0, 0);
  }
}
