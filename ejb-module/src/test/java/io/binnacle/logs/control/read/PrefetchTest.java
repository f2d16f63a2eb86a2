package io.binnacle.logs.control.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.logs.entity.LineBuffer;
import io.binnacle.logs.entity.LogOwner;
import io.binnacle.logs.entity.OwnerKind;
import io.binnacle.logs.entity.SegmentInfo;
import io.binnacle.security.entity.ProjectScope;
import io.binnacle.testing.TestLogs;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PrefetchTest {
  private static final List<List<SegmentPart>> PARTS = List.of(List.of());

  private final Reads reads = new Reads();
  private final List<Runnable> waiting = new ArrayList<>();

  @AfterEach
  void forgetTheInterrupt() {
    Thread.interrupted();
  }

  @Test
  void whatAnotherThreadHasBegunIsWaitedForAndOpenedOnce() {
    Prefetch prefetch = begunElsewhere();

    assertSame(PARTS, prefetch.parts());
    assertEquals(List.of("elsewhere"), reads.openedBy);
  }

  @Test
  void anInterruptNeitherEndsTheWaitingNorIsLost() {
    Prefetch prefetch = begunElsewhere();
    Thread.currentThread().interrupt();

    assertSame(PARTS, prefetch.parts());
    assertTrue(Thread.currentThread().isInterrupted());
    assertEquals(List.of("elsewhere"), reads.openedBy);
  }

  @Test
  void aFailureElsewhereIsTheFailureOfTheSearch() {
    reads.failure = new IllegalStateException("away");
    Prefetch prefetch = begunElsewhere();

    assertSame(reads.failure, assertThrows(IllegalStateException.class, prefetch::parts));
  }

  @Test
  void whatNoThreadHasBegunIsOpenedHereAndNotAgainLater() {
    Prefetch prefetch = of(segment()).begin(waiting::add);

    assertSame(PARTS, prefetch.parts());
    waiting.forEach(Runnable::run);
    assertEquals(List.of(Thread.currentThread().getName()), reads.openedBy);
  }

  @Test
  void aFailureHereIsTheFailureOfTheSearch() {
    reads.failure = new IllegalStateException("away");

    assertSame(reads.failure, assertThrows(IllegalStateException.class, of(segment())::parts));
  }

  @Test
  void nothingIsBegunForNoSegments() {
    Prefetch prefetch = of().begin(waiting::add);

    assertFalse(prefetch.isWanted(info -> false));
    assertEquals(List.of(), waiting);
  }

  @Test
  void itIsWantedUntilItsFirstSegmentIsDoneWith() {
    SegmentInfo first = segment();
    Prefetch prefetch = of(first, segment());

    assertTrue(prefetch.isWanted(info -> info != first));
    assertFalse(prefetch.isWanted(info -> info == first));
  }

  /** Begun by a thread that goes on only when this one waits for it. */
  private Prefetch begunElsewhere() {
    reads.reader = Thread.currentThread();
    Executor elsewhere = task -> new Thread(task, "elsewhere").start();
    Prefetch prefetch = of(segment()).begin(elsewhere);
    while (!reads.begun) {
      Thread.onSpinWait();
    }
    return prefetch;
  }

  private Prefetch of(SegmentInfo... infos) {
    return new Prefetch(reads, ProjectScope.granted(TestLogs.PROJECT), List.of(infos));
  }

  private static SegmentInfo segment() {
    LineBuffer lines = new LineBuffer();
    TestLogs.add(lines, 1, "a");
    LogOwner owner = new LogOwner(OwnerKind.RUN, 100);
    return TestLogs.info(TestLogs.segment(TestLogs.stream(1, owner, "s"), 1, 0, lines));
  }

  private static final class Reads extends SegmentReads {
    private final List<String> openedBy = new ArrayList<>();
    private IllegalStateException failure;
    private Thread reader;
    private volatile boolean begun;

    @Override
    public List<List<SegmentPart>> open(ProjectScope scope, List<SegmentInfo> infos) {
      openedBy.add(Thread.currentThread().getName());
      begun = true;
      while (reader != null && reader.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
      if (failure != null) {
        throw failure;
      }
      return PARTS;
    }
  }
}
