package io.binnacle.platform.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class IdsTest {
  private static final long NOW = 1_800_000_000_000L;

  private final AtomicLong millis = new AtomicLong(NOW);
  private final Ids ids = new Ids(1, millis::get);

  @Test
  void keysRiseOnWhileTheClockGoesBackwards() {
    long before = ids.next();
    for (int i = 0; i < 10_000; i++) {
      millis.addAndGet(-1_000);
      long next = ids.next();
      assertTrue(next > before, "a key that does not rise");
      before = next;
    }
  }

  @Test
  void keysFollowTheClockAgainWhenItHasCaughtUp() {
    ids.next();
    millis.addAndGet(-60_000);
    long early = ids.next();
    millis.set(NOW + 60_000);
    Ids fresh = new Ids(1, millis::get);
    long late = ids.next();
    assertTrue(late > early);
    assertEquals(fresh.next(), late);
  }

  @Test
  void twoLivesMakeNoKeyTwiceWithinOneMillisecond() {
    Ids other = new Ids(2, millis::get);
    Set<Long> keys = new HashSet<>();
    for (int i = 0; i < 5_000; i++) {
      assertTrue(keys.add(ids.next()) && keys.add(other.next()), "a key came twice");
    }
  }
}
