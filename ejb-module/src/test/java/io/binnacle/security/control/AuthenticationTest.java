package io.binnacle.security.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.binnacle.security.control.KeyMaking.NewKey;
import io.binnacle.security.entity.Caller;
import io.binnacle.security.entity.IssuedKey;
import io.binnacle.security.entity.Right;
import io.binnacle.security.entity.Role;
import io.binnacle.security.entity.UserAccount;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AuthenticationTest {
  private final SecurityFixture fixture = new SecurityFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aKeyCarriesTheScopesThatItsOwnersRoleAllows() {
    UserAccount ann = fixture.user("ann", Role.MEMBER);
    IssuedKey key = makeKey(ann, List.of("ingest", "read"), null);
    Caller caller = fixture.authentication.byKey(key.key());
    assertEquals(Set.of(Right.INGEST, Right.READ), caller.rights());
    assertEquals("ann", caller.userName());
    fixture.database.run(() -> fixture.users.find(ann.id()).get().assign(Role.VIEWER));
    fixture.authentication.forget(new SecurityChanged());
    assertEquals(Set.of(Right.READ), fixture.authentication.byKey(key.key()).rights());
  }

  @Test
  void wrongTextsOpenNothing() {
    UserAccount ann = fixture.user("ann", Role.MEMBER);
    String key = makeKey(ann, List.of("read"), null).key();
    assertNull(fixture.authentication.byKey(key + "x"));
    assertNull(fixture.authentication.byKey(key.toUpperCase(Locale.ROOT)));
    assertNull(fixture.authentication.byKey(""));
    assertNull(fixture.authentication.byKey("x".repeat(100_000)));
    assertNull(fixture.authentication.bySession(key));
  }

  @Test
  void aRevokedKeyOpensNothing() {
    UserAccount ann = fixture.user("ann", Role.MEMBER);
    IssuedKey key = makeKey(ann, List.of("read"), null);
    assertNotNull(fixture.authentication.byKey(key.key()));
    fixture.database.run(
        () -> fixture.keyManagement.revoke(SecurityFixture.session(ann), Long.parseLong(key.id())));
    fixture.authentication.forget(new SecurityChanged());
    assertNull(fixture.authentication.byKey(key.key()));
  }

  @Test
  void aKeyEndsAtItsExpiryEvenWhileItIsRemembered() {
    UserAccount ann = fixture.user("ann", Role.MEMBER);
    Instant end = SecurityFixture.START.plusSeconds(2);
    String key = makeKey(ann, List.of("read"), end).key();
    assertNotNull(fixture.authentication.byKey(key));
    fixture.clock.move(Duration.ofSeconds(2));
    assertNull(fixture.authentication.byKey(key));
  }

  @Test
  void aDisabledUsersKeysAndSessionsOpenNothing() {
    UserAccount ann = fixture.user("ann", Role.MEMBER);
    String key = makeKey(ann, List.of("read"), null).key();
    String token = fixture.begin(ann);
    fixture.database.run(() -> fixture.users.find(ann.id()).get().disable());
    assertNull(fixture.authentication.byKey(key));
    assertNull(fixture.authentication.bySession(token));
  }

  @Test
  void aSessionEndsWhenItIsIdleAndWhenItIsOld() {
    UserAccount ann = fixture.user("ann", Role.MEMBER);
    String token = fixture.begin(ann);
    for (int i = 0; i < 47; i++) {
      fixture.clock.move(Duration.ofMinutes(30));
      assertNotNull(fixture.authentication.bySession(token), "after half hour " + i);
      fixture.database.run(fixture.uses::write);
      fixture.authentication.forget(new SecurityChanged());
    }
    fixture.clock.move(Duration.ofMinutes(30));
    assertNull(fixture.authentication.bySession(token));
    String idle = fixture.begin(ann);
    fixture.clock.move(Duration.ofMinutes(60));
    assertNull(fixture.authentication.bySession(idle));
  }

  @Test
  void aPageThatAsksByItselfKeepsNoSessionAlive() {
    UserAccount ann = fixture.user("ann", Role.MEMBER);
    String token = fixture.begin(ann);
    for (int i = 0; i < 3; i++) {
      fixture.clock.move(Duration.ofMinutes(19));
      assertNotNull(fixture.authentication.byIdleSession(token), "after " + (i + 1) * 19);
      fixture.database.run(fixture.uses::write);
      fixture.authentication.forget(new SecurityChanged());
    }
    fixture.clock.move(Duration.ofMinutes(3));
    assertNull(fixture.authentication.byIdleSession(token));
  }

  @Test
  void aClockThatGoesBackwardsAndForwardsAgainEndsNoSession() {
    UserAccount ann = fixture.user("ann", Role.MEMBER);
    String token = fixture.begin(ann);
    for (Duration step : List.of(Duration.ofDays(-1), Duration.ofDays(1))) {
      fixture.clock.move(step);
      assertNotNull(fixture.authentication.bySession(token), "after a step of " + step);
      fixture.database.run(fixture.uses::write);
      fixture.database.run(fixture.sessions::purge);
      fixture.authentication.forget(new SecurityChanged());
      assertNotNull(fixture.authentication.bySession(token), "read again after " + step);
    }
  }

  @Test
  void theLastUseIsWrittenToTheMinute() {
    UserAccount ann = fixture.user("ann", Role.MEMBER);
    IssuedKey key = makeKey(ann, List.of("read"), null);
    use(key);
    assertEquals(SecurityFixture.START, lastUse(key));
    fixture.clock.move(Duration.ofSeconds(59));
    use(key);
    assertEquals(SecurityFixture.START, lastUse(key));
    fixture.clock.move(Duration.ofSeconds(1));
    use(key);
    assertEquals(SecurityFixture.START.plusSeconds(60), lastUse(key));
  }

  private void use(IssuedKey key) {
    fixture.authentication.byKey(key.key());
    fixture.database.run(fixture.uses::write);
  }

  private Instant lastUse(IssuedKey key) {
    return fixture.keys.find(Long.parseLong(key.id())).get().lastUsedAt();
  }

  private IssuedKey makeKey(UserAccount user, List<String> scopes, Instant end) {
    NewKey wanted = new NewKey("k", scopes, null, end, null);
    return fixture.database.inTransaction(
        () -> fixture.keyMaking.create(SecurityFixture.session(user), wanted));
  }
}
