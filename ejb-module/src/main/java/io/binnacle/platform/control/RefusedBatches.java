package io.binnacle.platform.control;

import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import io.binnacle.platform.store.Refusals;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts batches that were refused whole, and what else any request may meet. It is added up here
 * and written every few seconds by a timer: a sender that sends nothing but rubbish must not make
 * the database work for every request. A project has one counter for each way of refusing, however
 * much is sent. What was counted since the last writing is lost with a killed server; every sender
 * was told of it.
 */
@ApplicationScoped
public class RefusedBatches {
  private static final String PREFIX = "batch_";

  @Inject RefusalLedgerWriting ledger;

  private final Map<Refusals.Counter, Long> waiting = new ConcurrentHashMap<>();

  /**
   * Counts one batch.
   *
   * @param kind the class of data, and the name of the array that holds its items
   * @param failure why nothing of it was stored
   */
  public void count(long projectId, String kind, Throwable failure) {
    count(new Refusals.Counter(projectId, kind, reason(kind, failure)));
  }

  /** Counts once for another reason. */
  public void count(Refusals.Counter counter) {
    waiting.merge(counter, 1L, Long::sum);
  }

  /** Adds to the ledger what was counted since the last time. */
  public void write() {
    SortedMap<Refusals.Counter, Long> taken = new TreeMap<>();
    for (Refusals.Counter counter : waiting.keySet()) {
      Long count = waiting.remove(counter);
      if (count != null) {
        taken.put(counter, count);
      }
    }
    if (taken.isEmpty()) {
      return;
    }
    try {
      ledger.add(taken);
    } catch (RuntimeException e) {
      // It is counted when the database is back.
      taken.forEach((counter, count) -> waiting.merge(counter, count, Long::sum));
      throw e;
    }
  }

  static String reason(String kind, Throwable failure) {
    ProblemException problem = problem(failure);
    if (problem == null) {
      return PREFIX + ProblemType.INTERNAL_ERROR.code();
    }
    if (problem.limit() != null && kind.equals(problem.field())) {
      return PREFIX + "too_many_items";
    }
    String code = problem.type().code();
    return code.startsWith(PREFIX) ? code : PREFIX + code;
  }

  private static @Nullable ProblemException problem(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ProblemException problem) {
        return problem;
      }
    }
    return DatabaseTrouble.refusal(failure);
  }
}
