package io.binnacle.security.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.platform.entity.ListRequest;
import io.binnacle.platform.entity.Page;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import io.binnacle.security.control.KeyMaking.NewKey;
import io.binnacle.security.entity.Caller;
import io.binnacle.security.entity.IssuedKey;
import io.binnacle.security.entity.ProjectScope;
import io.binnacle.security.entity.Role;
import io.binnacle.security.entity.UserAccount;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeyManagementTest {
  private final SecurityFixture fixture = new SecurityFixture();
  private final Caller admin = SecurityFixture.session(fixture.user("root", Role.ADMIN));
  private final UserAccount ann = fixture.user("ann", Role.MEMBER);
  private final Caller annsSession = SecurityFixture.session(ann);

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void theKeyIsShownOnceAndRecognisedByItsPrefix() {
    IssuedKey made = make(annsSession, key("ingest"));
    assertTrue(made.key().matches("bnk_[0-9A-Za-z]{8}_[0-9A-Za-z]{43}"), made.key());
    assertTrue(made.key().startsWith(made.prefix() + "_"));
    IssuedKey listed = own(annsSession).items().get(0);
    assertEquals(made.prefix(), listed.prefix());
    assertNull(listed.key());
  }

  @Test
  void nobodyGivesMoreThanOneHas() {
    Caller viewer = SecurityFixture.session(fixture.user("vic", Role.VIEWER));
    assertEquals(ProblemType.FORBIDDEN, refused(viewer, key("ingest")));
    assertEquals(ProblemType.FORBIDDEN, refused(annsSession, key("read", "admin")));
    assertNotNull(make(viewer, key("read")));
  }

  @Test
  void aKeyWithoutAdminMakesNoKeys() {
    Caller byKey = fixture.authentication.byKey(make(annsSession, key("read", "write")).key());
    assertEquals(ProblemType.FORBIDDEN, refused(byKey, key("read")));
    Caller byAdminKey = fixture.authentication.byKey(make(admin, key("read", "admin")).key());
    assertNotNull(make(byAdminKey, key("read")));
    assertEquals(ProblemType.FORBIDDEN, refused(byAdminKey, key("write")));
  }

  @Test
  void aBoundKeyIsForAProjectThatTheCallerSees() {
    NewKey bound = new NewKey("k", List.of("ingest"), OneProject.SLUG, null, null);
    assertEquals(ProblemType.INVALID_FIELD, refused(annsSession, bound));
    ProjectScope scope = fixture.access.background(OneProject.ID);
    fixture.database.run(() -> fixture.members.put(admin, scope, "ann"));
    IssuedKey made = make(annsSession, bound);
    assertEquals(OneProject.SLUG, made.project());
    assertEquals(OneProject.ID, fixture.authentication.byKey(made.key()).keyProjectId());
  }

  @Test
  void onlyAnAdminLiftsTheLimitOfTails() {
    NewKey wanted = new NewKey("k", List.of("read"), null, null, true);
    assertEquals(ProblemType.FORBIDDEN, refused(annsSession, wanted));
    assertTrue(make(admin, wanted).unlimitedTails());
  }

  @Test
  void senselessWishesAreRefused() {
    assertEquals(ProblemType.INVALID_FIELD, refused(annsSession, key()));
    assertEquals(ProblemType.INVALID_FIELD, refused(annsSession, key("fly")));
    assertEquals(
        ProblemType.INVALID_FIELD,
        refused(annsSession, new NewKey(" ", List.of("read"), null, null, null)));
    Instant past = SecurityFixture.START;
    assertEquals(
        ProblemType.INVALID_FIELD,
        refused(annsSession, new NewKey("k", List.of("read"), null, past, null)));
  }

  @Test
  void somebodyElsesKeyIsNotThereButAnAdminRevokesIt() {
    long id = Long.parseLong(make(annsSession, key("read")).id());
    Caller bob = SecurityFixture.session(fixture.user("bob", Role.MEMBER));
    ProblemException refusal =
        assertThrows(
            ProblemException.class,
            () -> fixture.database.run(() -> fixture.keyManagement.revoke(bob, id)));
    assertEquals(ProblemType.NOT_FOUND, refusal.type());
    fixture.database.run(() -> fixture.keyManagement.revoke(admin, id));
    assertNotNull(own(annsSession).items().get(0).revokedAt());
  }

  @Test
  void aStolenKeyEndsOnlyItself() {
    IssuedKey stolen = make(annsSession, key("ingest"));
    long other = Long.parseLong(make(annsSession, key("read")).id());
    Caller thief = fixture.authentication.byKey(stolen.key());
    assertThrows(
        ProblemException.class,
        () -> fixture.database.run(() -> fixture.keyManagement.revoke(thief, other)));
    long itself = Long.parseLong(stolen.id());
    fixture.database.run(() -> fixture.keyManagement.revoke(thief, itself));
    assertNotNull(fixture.keys.find(itself).get().revokedAt());
  }

  @Test
  void aBoundKeyAdministersNothing() {
    NewKey wanted = new NewKey("k", List.of("read", "admin"), OneProject.SLUG, null, null);
    assertEquals(ProblemType.INVALID_FIELD, refused(admin, wanted));
  }

  @Test
  void listsGoOnWhereThePageBeforeEnded() {
    for (int i = 0; i < 5; i++) {
      make(annsSession, key("read"));
    }
    Page<IssuedKey> first = page(null);
    Page<IssuedKey> second = page(first.nextCursor());
    Page<IssuedKey> third = page(second.nextCursor());
    assertEquals(5, first.total());
    assertEquals(List.of(2, 2, 1), List.of(size(first), size(second), size(third)));
    assertNull(third.nextCursor());
    assertTrue(second.items().get(0).id().compareTo(first.items().get(1).id()) < 0);
  }

  @Test
  void aCursorOfAnotherUsersListIsRefused() {
    make(annsSession, key("read"));
    make(annsSession, key("read"));
    make(annsSession, key("read"));
    String cursor = page(null).nextCursor();
    ProblemException refusal =
        assertThrows(
            ProblemException.class,
            () -> fixture.keyManagement.own(admin, ListRequest.page(cursor, 2)));
    assertEquals(ProblemType.INVALID_CURSOR, refusal.type());
  }

  private static int size(Page<IssuedKey> page) {
    return page.items().size();
  }

  private Page<IssuedKey> page(String cursor) {
    return fixture.database.inTransaction(
        () -> fixture.keyManagement.own(annsSession, ListRequest.page(cursor, 2)));
  }

  private Page<IssuedKey> own(Caller caller) {
    return fixture.database.inTransaction(
        () -> fixture.keyManagement.own(caller, ListRequest.page(null, 100)));
  }

  private static NewKey key(String... scopes) {
    return new NewKey("k", List.of(scopes), null, null, null);
  }

  private IssuedKey make(Caller caller, NewKey wanted) {
    return fixture.database.inTransaction(() -> fixture.keyMaking.create(caller, wanted));
  }

  private ProblemType refused(Caller caller, NewKey wanted) {
    return assertThrows(ProblemException.class, () -> make(caller, wanted)).type();
  }
}
