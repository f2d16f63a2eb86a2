package io.binnacle.logs.control.read;

import io.binnacle.logs.entity.SegmentInfo;
import io.binnacle.security.entity.ProjectScope;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.function.Predicate;

/**
 * Segments that are opened while those before them are scanned: on MySQL, reading them takes almost
 * as long as scanning them.
 */
final class Prefetch {
  private final List<SegmentInfo> infos;
  private final FutureTask<List<List<SegmentPart>>> opening;

  Prefetch(SegmentReads reads, ProjectScope scope, List<SegmentInfo> infos) {
    this.infos = infos;
    this.opening = new FutureTask<>(() -> reads.open(scope, infos));
  }

  /** Begins on another thread. */
  Prefetch begin(Executor executor) {
    if (!infos.isEmpty()) {
      executor.execute(opening);
    }
    return this;
  }

  /** Whether there are any, and the first of them is not done with. */
  boolean isWanted(Predicate<SegmentInfo> done) {
    return !infos.isEmpty() && !done.test(infos.get(0));
  }

  /** What is opened, in the order of the search. */
  List<SegmentInfo> infos() {
    return infos;
  }

  /**
   * The parts of each; opened here, unless another thread has begun: all of them may be busy. The
   * other thread is waited for without end and whatever happens to this one, as if it were reading
   * itself: to cancel it would interrupt a read, and an interrupted read closes H2's file for all.
   */
  List<List<SegmentPart>> parts() {
    opening.run();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return opening.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException(e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
