package io.binnacle.security.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.security.entity.Caller;
import io.binnacle.security.entity.Role;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CredentialCacheTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final Map<String, Credential> database = new HashMap<>();
  private long now = 1_000;
  private int lookups;
  private final CredentialCache cache =
      new CredentialCache(
          hash -> {
            lookups++;
            return database.get(hash);
          },
          () -> now);

  @Test
  void aKnownCredentialIsLookedUpOnceInFourSeconds() {
    database.put("a", credential(1));
    for (int i = 0; i < 1_000; i++) {
      assertNotNull(cache.get("a").credential());
    }
    assertEquals(1, lookups);
  }

  @Test
  void anUnknownCredentialIsRememberedToo() {
    for (int i = 0; i < 1_000; i++) {
      assertNull(cache.get("x").credential());
    }
    assertEquals(1, lookups);
  }

  @Test
  void aRevokedCredentialIsGoneAfterFiveSeconds() {
    database.put("a", credential(1));
    cache.get("a");
    database.remove("a");
    now += 5 * SECOND;
    assertNull(cache.get("a").credential());
  }

  @Test
  void aNewCredentialWorksAfterFiveSecondsEvenIfItWasTriedBefore() {
    cache.get("a");
    database.put("a", credential(1));
    now += 5 * SECOND;
    assertNotNull(cache.get("a").credential());
  }

  @Test
  void anEntryInUseIsRenewedByOneRequestBeforeItEnds() {
    database.put("a", credential(1));
    for (int tenths = 0; tenths < 100; tenths++) {
      cache.get("a");
      now += SECOND / 10;
    }
    assertEquals(3, lookups);
  }

  @Test
  void aFloodOfMadeUpKeysNeitherFillsTheMemoryNorForgetsTheRealOnes() {
    database.put("a", credential(1));
    cache.get("a");
    for (int i = 0; i < 100_000; i++) {
      cache.get("made up " + i);
    }
    assertTrue(cache.size() <= 20_000, "entries: " + cache.size());
    int before = lookups;
    cache.get("a");
    assertEquals(before, lookups);
  }

  @Test
  void aUseIsNotedOnceInAnInterval() {
    database.put("a", credential(1));
    assertTrue(cache.get("a").noteUse(100 * SECOND, 60 * SECOND));
    assertFalse(cache.get("a").noteUse(101 * SECOND, 60 * SECOND));
    assertTrue(cache.get("a").noteUse(161 * SECOND, 60 * SECOND));
  }

  @Test
  void aRenewedEntryStillKnowsTheNotedUse() {
    database.put("a", credential(1));
    cache.get("a").noteUse(100 * SECOND, 60 * SECOND);
    now += 5 * SECOND;
    assertFalse(cache.get("a").noteUse(105 * SECOND, 60 * SECOND));
  }

  @Test
  void clearedMeansLookedUpAgain() {
    database.put("a", credential(1));
    cache.get("a");
    database.remove("a");
    cache.clear();
    assertNull(cache.get("a").credential());
  }

  private static Credential credential(long id) {
    Caller caller =
        new Caller(1, "ann", "Ann", Role.MEMBER, Role.MEMBER.rights(), id, null, null, false);
    return new Credential(caller, id, Long.MAX_VALUE, 0);
  }
}
