package io.binnacle.platform.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import io.binnacle.platform.store.Refusals;
import io.binnacle.platform.store.StoreException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RefusedBatchesTest {
  private final Ledger ledger = new Ledger();
  private final RefusedBatches batches = new RefusedBatches();

  RefusedBatchesTest() {
    batches.ledger = ledger;
  }

  /** Remembers what was written, and fails when it is told to. */
  private static final class Ledger extends RefusalLedgerWriting {
    private final List<SortedMap<Refusals.Counter, Long>> written = new ArrayList<>();
    private boolean away;

    @Override
    public void add(SortedMap<Refusals.Counter, Long> counts) {
      if (away) {
        throw new StoreException("away", new SQLException("away"));
      }
      written.add(new TreeMap<>(counts));
    }
  }

  @Test
  void aMillionRefusalsAreOneRowAndOneWriting() {
    for (int i = 0; i < 1_000_000; i++) {
      batches.count(7, "logs", malformed());
    }
    batches.write();
    batches.write();

    assertEquals(List.of(row("batch_malformed_body", 1_000_000)), ledger.written);
  }

  @Test
  void whatCouldNotBeWrittenIsWrittenTheNextTime() {
    batches.count(7, "logs", malformed());
    ledger.away = true;
    assertThrows(StoreException.class, batches::write);
    batches.count(7, "logs", malformed());
    ledger.away = false;
    batches.write();

    assertEquals(List.of(row("batch_malformed_body", 2)), ledger.written);
  }

  @Test
  void theReasonIsFoundBehindWhatTheFutureWrapsItIn() {
    assertEquals(
        "batch_too_many_requests",
        reason(
            new CompletionException(
                ProblemException.retryLater(ProblemType.TOO_MANY_REQUESTS, 1, "full"))));
  }

  @Test
  void tooManyItemsAreToldFromOtherLimits() {
    assertEquals("batch_too_many_items", reason(ProblemException.limit("logs", 5, "too many")));
    assertEquals("batch_invalid_field", reason(ProblemException.limit("stream", 5, "too long")));
    assertEquals("batch_body_too_large", reason(ProblemException.bodyTooLarge(5)));
  }

  @Test
  void aFaultOfTheProgramIsCountedToo() {
    assertEquals("batch_internal_error", reason(new IllegalStateException("a fault")));
  }

  @ParameterizedTest
  @EnumSource(ProblemType.class)
  void everyReasonFitsIntoItsColumn(ProblemType type) {
    assertTrue(reason(ProblemException.of(type, "no")).length() <= 64);
  }

  private static String reason(Throwable failure) {
    return RefusedBatches.reason("logs", failure);
  }

  private static ProblemException malformed() {
    return ProblemException.of(ProblemType.MALFORMED_BODY, "no JSON");
  }

  private static SortedMap<Refusals.Counter, Long> row(String reason, long count) {
    SortedMap<Refusals.Counter, Long> row = new TreeMap<>();
    row.put(new Refusals.Counter(7, "logs", reason), count);
    return row;
  }
}
