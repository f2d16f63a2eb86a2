package io.binnacle.platform.control.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.platform.control.ingest.GroupCommitter.Outcome;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import io.binnacle.platform.store.StoreException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class GroupCommitterTest {
  private final List<List<String>> groups = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch firstEntered = new CountDownLatch(1);
  private final CountDownLatch firstMayEnd = new CountDownLatch(1);

  @Test
  void commitsTogetherWhatQueuedDuringThePreviousCommit() throws InterruptedException {
    try (GroupCommitter<String, String> committer = committer(this::commitAfterSignal)) {
      CompletableFuture<String> first = committer.submit("a", 1).toCompletableFuture();
      firstEntered.await();
      CompletableFuture<String> second = committer.submit("b", 1).toCompletableFuture();
      CompletableFuture<String> third = committer.submit("c", 1).toCompletableFuture();
      firstMayEnd.countDown();

      assertEquals(List.of("A", "B", "C"), List.of(first.join(), second.join(), third.join()));
      assertEquals(List.of(List.of("a"), List.of("b", "c")), groups);
    }
  }

  @Test
  void isBusyWhileItCommitsAndNotBeforeOrAfter() throws InterruptedException {
    try (GroupCommitter<String, String> committer = committer(this::commitAfterSignal)) {
      assertFalse(committer.isBusy());
      CompletableFuture<String> answer = committer.submit("a", 1).toCompletableFuture();
      firstEntered.await();
      assertTrue(committer.isBusy());

      firstMayEnd.countDown();
      answer.join();
      while (committer.isBusy()) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void answersThatAreGivenLateAreGivenAll() {
    List<Runnable> late = Collections.synchronizedList(new ArrayList<>());
    GroupCommitter.Transaction<String, String> commit =
        group -> group.stream().map(Outcome::stored).toList();
    GroupCommitter<String, String> committer = new GroupCommitter<>(commit, late::add, Thread::new);
    CompletableFuture<String> first = committer.submit("a", 1).toCompletableFuture();
    CompletableFuture<String> second = committer.submit("b", 1).toCompletableFuture();
    committer.close();

    List.copyOf(late).forEach(Runnable::run);

    assertEquals(List.of("a", "b"), List.of(first.join(), second.join()));
  }

  @Test
  void endsAGroupBeforeEightMegabytes() throws InterruptedException {
    try (GroupCommitter<String, String> committer = committer(this::commitAfterSignal)) {
      committer.submit("a", 1);
      firstEntered.await();
      committer.submit("b", 5 << 20);
      CompletableFuture<String> last = committer.submit("c", 5 << 20).toCompletableFuture();
      firstMayEnd.countDown();

      assertEquals("C", last.join());
      assertEquals(List.of(List.of("a"), List.of("b"), List.of("c")), groups);
    }
  }

  @Test
  void oneWorkThatTheDatabaseRefusesDoesNotTakeTheOthersWithIt() throws InterruptedException {
    try (GroupCommitter<String, String> committer = committer(this::commitAfterSignal)) {
      committer.submit("a", 1);
      firstEntered.await();
      CompletableFuture<String> good = committer.submit("b", 1).toCompletableFuture();
      CompletableFuture<String> bad = committer.submit("poison", 1).toCompletableFuture();
      firstMayEnd.countDown();

      assertEquals("B", good.join());
      CompletionException failure = assertThrows(CompletionException.class, bad::join);
      assertInstanceOf(IllegalStateException.class, failure.getCause());
    }
  }

  @Test
  void aGroupThatMayHaveBeenCommittedIsNotTriedAgain() throws InterruptedException {
    GroupCommitter.Transaction<String, String> losesTheAnswer =
        group -> {
          commitAfterSignal(group);
          throw new StoreException(
              "The database failed at: commit", new SQLException("link failure", "08S01"));
        };
    try (GroupCommitter<String, String> committer = committer(losesTheAnswer)) {
      CompletableFuture<String> first = committer.submit("a", 1).toCompletableFuture();
      firstEntered.await();
      CompletableFuture<String> second = committer.submit("b", 1).toCompletableFuture();
      CompletableFuture<String> third = committer.submit("c", 1).toCompletableFuture();
      firstMayEnd.countDown();

      for (CompletableFuture<String> answer : List.of(first, second, third)) {
        CompletionException failure = assertThrows(CompletionException.class, answer::join);
        assertInstanceOf(StoreException.class, failure.getCause());
      }
      assertEquals(List.of(List.of("a"), List.of("b", "c")), groups);
    }
  }

  @Test
  void aRefusalIsTheAnswerOfThatWorkAlone() {
    GroupCommitter.Transaction<String, String> refuse =
        group -> List.of(Outcome.refused(ProblemException.of(ProblemType.RUN_DELETED, "gone")));
    try (GroupCommitter<String, String> committer = committer(refuse)) {
      CompletionException failure =
          assertThrows(
              CompletionException.class,
              () -> committer.submit("a", 1).toCompletableFuture().join());
      assertEquals(ProblemType.RUN_DELETED, ((ProblemException) failure.getCause()).type());
    }
  }

  @Test
  void aGroupWhoseAnswersAreGivenLateAnswersItsOwnWorksOnly() throws InterruptedException {
    BlockingQueue<Runnable> late = new LinkedBlockingQueue<>();
    try (GroupCommitter<String, String> committer =
        new GroupCommitter<>(this::commitAfterSignal, late::add, Thread::new)) {
      CompletableFuture<String> first = committer.submit("a", 1).toCompletableFuture();
      firstEntered.await();
      CompletableFuture<String> second = committer.submit("b", 1).toCompletableFuture();
      firstMayEnd.countDown();
      Runnable answersOfFirst = late.take();
      Runnable answersOfSecond = nextOf(late, answersOfFirst);

      answersOfFirst.run();
      assertEquals("A", first.join());
      assertFalse(second.isDone());
      answersOfSecond.run();
      assertEquals("B", second.join());
    }
  }

  @Test
  void aSenderThatDoesNotTakeItsAnswerDoesNotHoldUpTheOthersOfItsGroup()
      throws InterruptedException {
    BlockingQueue<Runnable> late = new LinkedBlockingQueue<>();
    CountDownLatch stuck = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    try (GroupCommitter<String, String> committer =
        new GroupCommitter<>(this::commitAfterSignal, late::add, Thread::new)) {
      committer.submit("a", 1);
      firstEntered.await();
      committer.submit("b", 1).thenRun(() -> stick(stuck, end));
      CompletableFuture<String> third = committer.submit("c", 1).toCompletableFuture();
      firstMayEnd.countDown();
      late.take().run();
      new Thread(late.take()).start();
      stuck.await();

      late.take().run();

      assertEquals("C", third.join());
      end.countDown();
    }
  }

  @Test
  void answersThatTheExecutorTookAndNeverGaveAreGivenAtTheEnd() {
    GroupCommitter<String, String> committer =
        new GroupCommitter<>(
            group -> group.stream().map(Outcome::stored).toList(), answer -> {}, Thread::new);
    CompletableFuture<String> lost = committer.submit("a", 1).toCompletableFuture();

    committer.close();

    assertEquals("a", lost.join());
  }

  @Test
  void theEndInterruptsNoCommit() throws InterruptedException {
    AtomicBoolean interrupted = new AtomicBoolean();
    GroupCommitter<String, String> committer =
        new GroupCommitter<>(
            group -> {
              firstEntered.countDown();
              interrupted.set(interruptedWithinATick());
              return group.stream().map(Outcome::stored).toList();
            },
            Runnable::run,
            Thread::new);
    CompletableFuture<String> stored = committer.submit("a", 1).toCompletableFuture();
    firstEntered.await();

    committer.close();

    assertEquals("a", stored.join());
    assertFalse(interrupted.get());
  }

  @Test
  void aTransactionThatAnswersTooFewLeavesNobodyWaiting() {
    try (GroupCommitter<String, String> committer =
        new GroupCommitter<>(group -> List.of(), Runnable::run, Thread::new)) {
      for (String work : List.of("a", "b")) {
        CompletableFuture<String> answer = committer.submit(work, 1).toCompletableFuture();

        assertThrows(CompletionException.class, answer::join);
      }
    }
  }

  @Test
  void anExecutorThatTakesNothingMoreLosesNoAnswerAndStoresNothingTwice() {
    List<String> stored = Collections.synchronizedList(new ArrayList<>());
    GroupCommitter.Transaction<String, String> commit =
        group -> {
          stored.addAll(group);
          return group.stream().map(Outcome::stored).toList();
        };
    Executor ended =
        answer -> {
          throw new RejectedExecutionException("ended");
        };
    try (GroupCommitter<String, String> committer =
        new GroupCommitter<>(commit, ended, Thread::new)) {
      assertEquals("a", committer.submit("a", 1).toCompletableFuture().join());
      assertEquals("b", committer.submit("b", 1).toCompletableFuture().join());
    }
    assertEquals(List.of("a", "b"), stored);
  }

  @Test
  void workThatComesAfterTheEndIsRefusedAndNotForgotten() {
    GroupCommitter<String, String> committer = committer(this::commitAfterSignal);
    committer.close();

    CompletionException failure =
        assertThrows(
            CompletionException.class, () -> committer.submit("a", 1).toCompletableFuture().join());
    assertEquals(ProblemType.UNAVAILABLE, ((ProblemException) failure.getCause()).type());
  }

  /** Answers that nobody gives are offered once more after a while. */
  private static Runnable nextOf(BlockingQueue<Runnable> offered, Runnable before)
      throws InterruptedException {
    Runnable next = offered.take();
    while (next == before) {
      next = offered.take();
    }
    return next;
  }

  private static void stick(CountDownLatch stuck, CountDownLatch end) {
    stuck.countDown();
    try {
      end.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean interruptedWithinATick() {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(300));
    return Thread.currentThread().isInterrupted();
  }

  private static GroupCommitter<String, String> committer(
      GroupCommitter.Transaction<String, String> transaction) {
    return new GroupCommitter<>(transaction, Runnable::run, Thread::new);
  }

  private List<Outcome<String>> commitAfterSignal(List<String> group) {
    firstEntered.countDown();
    awaitSignal();
    if (group.contains("poison")) {
      throw new IllegalStateException("poison");
    }
    groups.add(group);
    return group.stream().map(work -> Outcome.stored(work.toUpperCase(Locale.ROOT))).toList();
  }

  private void awaitSignal() {
    try {
      firstMayEnd.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
