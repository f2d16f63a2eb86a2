package io.binnacle.platform.control.ingest;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The answers of one group, given by a few threads of which each takes the next one that nobody
 * took. To hand every single answer to a managed executor cost as much as to write it: the executor
 * captures its context and wakes a thread each time. A sender that does not take its answer holds
 * up one of the threads; {@link #helpOut} sends another.
 */
final class Answers implements Runnable {
  /** Answers for each thread that is woken. */
  private static final int SHARE = 8;

  /** Answers take less than a millisecond; who is not done by then may be held up. */
  private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final List<Runnable> answers;
  private final Executor executor;
  private final AtomicInteger next = new AtomicInteger();
  private long lastThreadAt;

  /**
   * @param answers each to be given once, by itself
   * @param executor where to
   */
  Answers(List<Runnable> answers, Executor executor) {
    this.answers = answers;
    this.executor = executor;
  }

  /** Begins to give them, away from this thread. */
  void begin() {
    for (int given = 0; given < answers.size(); given += SHARE) {
      oneMoreThread();
    }
  }

  /** Sends one more thread if answers wait although it is a while since the last one was sent. */
  void helpOut() {
    if (System.nanoTime() - lastThreadAt > PATIENCE_NANOS && !allTaken()) {
      oneMoreThread();
    }
  }

  private void oneMoreThread() {
    lastThreadAt = System.nanoTime();
    try {
      executor.execute(this);
    } catch (RuntimeException e) {
      // The executor ends before the committing thread does. What was stored is still to be said
      // so; and whatever escaped from here would be taken for a failed commit, and stored again.
      run();
    }
  }

  /** Gives answers until all are taken. */
  @Override
  public void run() {
    for (int i = next.getAndIncrement(); i < answers.size(); i = next.getAndIncrement()) {
      answers.get(i).run();
    }
  }

  /** Whether somebody took each of them. */
  boolean allTaken() {
    return next.get() >= answers.size();
  }
}
