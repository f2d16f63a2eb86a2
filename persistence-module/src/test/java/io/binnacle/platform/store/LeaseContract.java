package io.binnacle.platform.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.testing.StoreContract;
import io.binnacle.testing.TestDatabase;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Work that one of two servers does, whatever their clocks say. */
abstract class LeaseContract extends StoreContract {
  private static final long LEASE = TimeUnit.SECONDS.toNanos(30);
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long NOW = 1_763_712_000_123_456_789L;
  private static final long YEAR = TimeUnit.DAYS.toNanos(365);

  private String name;

  /** What both servers' steady clocks show. */
  private long time;

  private Server one;
  private Server two;

  /** A server with a wall clock of its own, which may say anything. */
  private final class Server {
    private final long life;
    private final Leases leases = new Leases(database().dataSource(), () -> time);
    private long wall = NOW;

    Server(long life) {
      this.life = life;
    }

    boolean takes() {
      return database().inTransaction(() -> leases.take(name, life, wall, LEASE));
    }
  }

  @Override
  protected void prepare(TestDatabase empty) {}

  @BeforeEach
  void beginAnew() {
    name = UUID.randomUUID().toString();
    one = new Server(1);
    two = new Server(2);
  }

  @Test
  void whoHasALeaseProlongsItAndNobodyElseGetsIt() {
    assertTrue(one.takes());
    for (int second = 0; second < 120; second++) {
      time += SECOND;
      assertTrue(one.takes());
      assertFalse(two.takes());
    }
  }

  @Test
  void theLeaseOfAServerThatEndedGoesToAnotherAfterItsTime() {
    assertTrue(one.takes());
    assertFalse(two.takes());
    time += LEASE;
    assertFalse(two.takes());
    time += 1;
    assertTrue(two.takes());
    assertFalse(one.takes());
  }

  @Test
  void aClockThatStepsBackAfterTakingKeepsTheLeaseFromNobodyForever() {
    one.wall = NOW + YEAR;
    assertTrue(one.takes());
    assertFalse(two.takes());
    time += LEASE + 1;
    assertTrue(two.takes(), "the clock of the first was a year ahead, and it is dead");
  }

  @Test
  void aClockThatStepsBackOrRunsAheadGivesTheLeaseToNoSecond() {
    one.wall = NOW - YEAR;
    assertTrue(one.takes());
    assertFalse(two.takes(), "by the second's clock the first's lease ended a year ago");
    two.wall = NOW + YEAR;
    assertFalse(two.takes());
    one.wall = NOW + YEAR;
    assertTrue(one.takes());
    one.wall = NOW - YEAR;
    assertTrue(one.takes(), "whoever has it prolongs it, whatever its clock does");
    assertFalse(two.takes());
  }

  @Test
  void whoSeesALeaseForTheFirstTimeWaitsForAWholeTerm() {
    assertTrue(one.takes());
    time += 10 * LEASE;
    assertFalse(two.takes(), "it may have been prolonged just now");
    time += LEASE + 1;
    assertTrue(two.takes());
  }

  @Test
  void ofManyThatAskAtOnceOneGetsIt() {
    AtomicInteger holders = new AtomicInteger();
    IntStream.rangeClosed(1, 8)
        .parallel()
        .forEach(
            life -> {
              Leases leases = new Leases(database().dataSource(), () -> time);
              // Outside a transaction every statement is its own: the worst order of all.
              if (leases.take(name, life, NOW, LEASE)) {
                holders.incrementAndGet();
              }
            });
    assertEquals(1, holders.get());
  }
}
