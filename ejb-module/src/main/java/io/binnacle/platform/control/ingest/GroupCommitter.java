package io.binnacle.platform.control.ingest;

import io.binnacle.platform.control.DatabaseTrouble;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One thread that commits whatever queued during its previous commit, in one transaction, and then
 * answers. There is no timer: waiting for more only helps a server that is idle anyway (measured: a
 * pause of 10 ms halves the rate below 100 senders). Work of one key must always go to the same
 * committer, or two of them wait for each other's row locks.
 *
 * @param <W> a piece of work, such as a batch of lines
 * @param <A> its answer
 */
public final class GroupCommitter<W, A> implements AutoCloseable {
  private static final Logger LOG = System.getLogger(GroupCommitter.class.getName());

  /** A transaction stays below TiDB's and MySQL's packet limits, and below 100 ms. */
  private static final int MAX_WORKS = 512;

  private static final long MAX_BYTES = 8L << 20;
  private static final long CLOSE_SECONDS = 10;

  /** How soon an idle committer sees that it was closed, and answers that nobody gives. */
  private static final long LOOK_MILLIS = 200;

  /** Commits a group in one transaction. */
  @FunctionalInterface
  public interface Transaction<W, A> {
    /**
     * @return an answer for every work, in the same order
     * @throws RuntimeException when nothing of the group was committed
     */
    List<Outcome<A>> commit(List<W> group);
  }

  /** What became of one work: an answer, or a refusal that did not harm the rest of its group. */
  public record Outcome<A>(@Nullable A answer, @Nullable ProblemException refusal) {
    /** The work is on disk. */
    public static <A> Outcome<A> stored(A answer) {
      return new Outcome<>(answer, null);
    }

    /** The work was refused. */
    public static <A> Outcome<A> refused(ProblemException refusal) {
      return new Outcome<>(null, refusal);
    }
  }

  private record Pending<W, A>(W work, long bytes, CompletableFuture<A> answer) {}

  private final Transaction<W, A> transaction;
  private final Executor answers;
  private final BlockingQueue<Pending<W, A>> queue = new LinkedBlockingQueue<>();
  private final Thread thread;

  /** Groups some of whose answers nobody took yet. */
  private final Queue<Answers> unfinished = new ConcurrentLinkedQueue<>();

  private volatile boolean open = true;
  private volatile boolean committing;

  /**
   * @param answers runs what the senders attached to their answers, away from the committing thread
   * @param threads makes the committing thread; in a container a managed factory
   */
  public GroupCommitter(Transaction<W, A> transaction, Executor answers, ThreadFactory threads) {
    this.transaction = transaction;
    this.answers = answers;
    this.thread = threads.newThread(this::run);
    this.thread.start();
  }

  /**
   * Queues work. The queue has no bound of its own: whoever submits holds a {@link ByteBudget}.
   *
   * @return completed after the commit, or exceptionally with the reason
   */
  public CompletionStage<A> submit(W work, long bytes) {
    Pending<W, A> pending = new Pending<>(work, bytes, new CompletableFuture<>());
    queue.add(pending);
    if (!open || !thread.isAlive()) {
      // close() may have emptied the queue just before this work came.
      refuseQueued();
    }
    return pending.answer;
  }

  /** Whether somebody waits for a commit, be it that which is on its way or the next one. */
  public boolean isBusy() {
    return committing || !queue.isEmpty();
  }

  /**
   * Commits what has queued, then refuses what comes after. The thread is not interrupted: an
   * interrupt in the middle of a write closes the file of an embedded database.
   */
  @Override
  public void close() {
    open = false;
    try {
      thread.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    refuseQueued();
    // Those that the executor took and never gave.
    unfinished.forEach(Answers::run);
  }

  private void run() {
    @Nullable Pending<W, A> carried = null;
    while (true) {
      @Nullable Pending<W, A> first = carried != null ? carried : next();
      if (first == null) {
        return;
      }
      // A list for each group: its answers are given while the next one already fills.
      List<Pending<W, A>> group = new ArrayList<>();
      carried = fill(group, first);
      committing = true;
      commitOrFail(group);
      committing = false;
    }
  }

  /** Whatever happens, this thread goes on, and nobody waits for ever. */
  private void commitOrFail(List<Pending<W, A>> group) {
    try {
      commit(group);
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "A group could not be answered", e);
      group.forEach(pending -> pending.answer.completeExceptionally(e));
    }
  }

  /** The next work; null when closed and nothing is left. */
  private @Nullable Pending<W, A> next() {
    while (open) {
      try {
        @Nullable Pending<W, A> first = queue.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        if (first != null) {
          return first;
        }
        finishAnswers();
      } catch (InterruptedException e) {
        // Whoever interrupted must not stop acknowledged work from being stored.
        continue;
      }
    }
    return queue.poll();
  }

  /** Takes all that waits, within the limits; returns the one that no longer fitted. */
  private @Nullable Pending<W, A> fill(List<Pending<W, A>> group, Pending<W, A> first) {
    group.add(first);
    long bytes = first.bytes;
    while (group.size() < MAX_WORKS) {
      @Nullable Pending<W, A> more = queue.poll();
      if (more == null) {
        return null;
      }
      if (bytes + more.bytes > MAX_BYTES) {
        return more;
      }
      bytes += more.bytes;
      group.add(more);
    }
    return null;
  }

  private void commit(List<Pending<W, A>> group) {
    long began = System.nanoTime();
    List<Outcome<A>> outcomes;
    try {
      outcomes = transaction.commit(group.stream().map(Pending::work).toList());
    } catch (RuntimeException | Error e) {
      if (DatabaseTrouble.isBehind(e)) {
        fail(group, e);
      } else {
        commitOneByOne(group, e);
      }
      return;
    }
    if (LOG.isLoggable(Level.DEBUG)) {
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
      LOG.log(Level.DEBUG, "A group of {0} was stored in {1} ms", group.size(), millis);
    }
    answer(group, outcomes);
  }

  /**
   * One bad work must not take the others with it. Not when the database failed: it may have
   * committed the group before its answer was lost, and each try may wait for it once more.
   */
  private void commitOneByOne(List<Pending<W, A>> group, Throwable failure) {
    if (group.size() == 1) {
      fail(group, failure);
      return;
    }
    LOG.log(
        Level.WARNING,
        "A group of {0} failed and is stored one by one: {1}",
        group.size(),
        DatabaseTrouble.reason(failure));
    group.forEach(one -> commit(List.of(one)));
  }

  private void answer(List<Pending<W, A>> group, List<Outcome<A>> outcomes) {
    List<Runnable> given = new ArrayList<>(group.size());
    for (int i = 0; i < group.size(); i++) {
      CompletableFuture<A> answer = group.get(i).answer;
      Outcome<A> outcome = outcomes.get(i);
      given.add(
          outcome.refusal() == null
              ? () -> answer.complete(outcome.answer())
              : () -> answer.completeExceptionally(outcome.refusal()));
    }
    give(given);
  }

  private void fail(List<Pending<W, A>> group, Throwable e) {
    if (DatabaseTrouble.isBehind(e)) {
      // One line for each try of the senders, and not a disk full of stack traces.
      LOG.log(
          Level.WARNING,
          "A group of {0} could not be stored: {1}",
          group.size(),
          DatabaseTrouble.reason(e));
    } else {
      LOG.log(Level.ERROR, "A work could not be stored", e);
    }
    List<Runnable> given = new ArrayList<>(group.size());
    group.forEach(pending -> given.add(() -> pending.answer.completeExceptionally(e)));
    give(given);
  }

  private void give(List<Runnable> given) {
    finishAnswers();
    Answers all = new Answers(given, answers);
    unfinished.add(all);
    all.begin();
  }

  /** Senders that do not take their answers must not hold up the others of their groups. */
  private void finishAnswers() {
    unfinished.removeIf(Answers::allTaken);
    unfinished.forEach(Answers::helpOut);
  }

  private void refuseQueued() {
    @Nullable Pending<W, A> pending;
    while ((pending = queue.poll()) != null) {
      pending.answer.completeExceptionally(
          ProblemException.retryLater(ProblemType.UNAVAILABLE, 5, "The server is stopping."));
    }
  }
}
