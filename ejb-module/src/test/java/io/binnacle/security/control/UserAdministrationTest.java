package io.binnacle.security.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.platform.entity.ListRequest;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import io.binnacle.platform.entity.SeenVersions;
import io.binnacle.security.control.UserAdministration.NewUser;
import io.binnacle.security.control.UserAdministration.UserChange;
import io.binnacle.security.entity.AuditQuery;
import io.binnacle.security.entity.AuditRecord;
import io.binnacle.security.entity.Caller;
import io.binnacle.security.entity.Role;
import io.binnacle.security.entity.User;
import io.binnacle.security.entity.UserAccount;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UserAdministrationTest {
  private final SecurityFixture fixture = new SecurityFixture();
  private final UserAdministration administration = fixture.administration;
  private final UserAccount root = fixture.user("root", Role.ADMIN);
  private final Caller admin = SecurityFixture.session(root);

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aNewUserIsAMemberUnlessTheAdminSaysOtherwise() {
    User made = create("Ann.Lee", "correct horse");
    assertEquals("ann.lee", made.name());
    assertEquals(Role.MEMBER, made.role());
  }

  @Test
  void aLoginIsTakenOnceWhateverItsCase() {
    create("ann", "correct horse");
    assertEquals(ProblemType.CONFLICT, refused(() -> create("ANN", "correct horse")));
  }

  @Test
  void aLoginThatLooksLikeAnIdOrMarkupIsRefused() {
    for (String name : List.of("123", "<b>", "a b", "", "x".repeat(65))) {
      assertEquals(ProblemType.INVALID_FIELD, refused(() -> create(name, "correct horse")), name);
    }
  }

  @Test
  void aShortPasswordIsRefused() {
    assertEquals(ProblemType.INVALID_FIELD, refused(() -> create("ann", "1234567")));
  }

  @Test
  void theLastAdminStays() {
    UserChange demoted = new UserChange(null, null, Role.VIEWER, null);
    UserChange disabled = new UserChange(null, null, null, true);
    assertEquals(ProblemType.CONFLICT, refused(() -> change(root.id(), demoted)));
    assertEquals(ProblemType.CONFLICT, refused(() -> change(root.id(), disabled)));
    assertEquals(ProblemType.CONFLICT, refused(() -> delete(root.id())));
    fixture.user("second", Role.ADMIN);
    assertEquals(Role.VIEWER, change(root.id(), demoted).role());
  }

  @Test
  void aDisabledAdminDoesNotCountAsOneWhoIsLeft() {
    UserAccount second = fixture.user("second", Role.ADMIN);
    change(second.id(), new UserChange(null, null, null, true));
    assertEquals(ProblemType.CONFLICT, refused(() -> delete(root.id())));
  }

  @Test
  void aNewPasswordEndsTheSessions() {
    UserAccount ann = fixture.user("ann", Role.MEMBER);
    String token = fixture.begin(ann);
    assertNotNull(fixture.authentication.bySession(token));
    change(ann.id(), new UserChange(null, "battery staple", null, null));
    fixture.authentication.forget(new SecurityChanged());
    assertNull(fixture.authentication.bySession(token));
    assertTrue(
        fixture.passwords.matches(
            "battery staple", fixture.users.named("ann").get().passwordHash()));
  }

  @Test
  void whoSawAnotherVersionChangesNothing() {
    User ann = create("ann", "correct horse");
    long id = Long.parseLong(ann.id());
    User demoted = change(id, new UserChange(null, null, Role.VIEWER, null));
    UserChange older = new UserChange("Ann", null, Role.MEMBER, null);
    assertEquals(
        ProblemType.PRECONDITION_FAILED,
        refused(() -> change(id, SeenVersions.of(ann.version()), older)));
    User named =
        change(
            id, SeenVersions.of(demoted.version()), new UserChange("Ann", null, Role.VIEWER, null));
    assertEquals("Ann", named.displayName());
    assertEquals(named, administration.get(admin, id));
  }

  @Test
  void onlyAdministratorsSeeAndChangeUsersAndTheTrail() {
    Caller ann = SecurityFixture.session(fixture.user("ann", Role.MEMBER));
    UserChange promoted = new UserChange(null, null, Role.ADMIN, null);
    List<Supplier<?>> tries =
        List.of(
            () -> administration.list(ann, ListRequest.page(null, 10)),
            () -> administration.get(ann, root.id()),
            () -> administration.create(ann, new NewUser("x", null, "long enough", null, null)),
            () -> administration.change(ann, ann.userId(), SeenVersions.ANY, promoted),
            () -> delete(ann, root.id()),
            () -> fixture.trail.page(ann, AuditQuery.EVERYTHING, null, 1));
    tries.forEach(one -> assertEquals(ProblemType.FORBIDDEN, refused(one)));
  }

  @Test
  void aDeletedUserLeavesNoKeysSessionsOrMemberships() {
    UserAccount ann = fixture.user("ann", Role.MEMBER);
    fixture.database.run(
        () -> fixture.members.put(admin, fixture.access.background(OneProject.ID), "ann"));
    delete(ann.id());
    assertTrue(fixture.users.find(ann.id()).isEmpty());
    assertTrue(fixture.memberStore.projectsOf(ann.id()).isEmpty());
    assertEquals(ProblemType.NOT_FOUND, refused(() -> administration.get(admin, ann.id())));
  }

  @Test
  void everyChangeIsInTheAuditTrailWithoutAnyPassword() {
    User ann = create("ann", "correct horse");
    change(Long.parseLong(ann.id()), new UserChange("Ann", "battery staple", null, null));
    delete(Long.parseLong(ann.id()));
    List<AuditRecord> entries = fixture.trail.page(admin, AuditQuery.EVERYTHING, null, 10).items();
    assertEquals(
        List.of("user.delete", "user.update", "user.password", "user.create"),
        entries.stream().map(AuditRecord::action).toList());
    assertEquals("root", entries.get(1).userName());
    assertTrue(entries.get(1).before().contains("\"display_name\":\"ann\""));
    assertTrue(entries.get(1).after().contains("\"display_name\":\"Ann\""));
    assertFalse(entries.toString().contains("battery staple"));
    assertFalse(entries.toString().contains("pbkdf2"));
  }

  @Test
  void theAuditTrailIsReadInPagesAndByFilter() {
    for (int i = 0; i < 5; i++) {
      create("user" + i, "correct horse");
    }
    AuditTrail trail = fixture.trail;
    var first = trail.page(admin, AuditQuery.EVERYTHING, null, 3);
    var second = trail.page(admin, AuditQuery.EVERYTHING, first.nextCursor(), 3);
    assertEquals(5, first.total());
    assertEquals(2, second.items().size());
    AuditQuery other = new AuditQuery(null, null, "user.delete", null, null, null, null, null);
    assertEquals(0, trail.page(admin, other, null, 3).total());
    assertEquals(
        ProblemType.INVALID_CURSOR, refused(() -> trail.page(admin, other, first.nextCursor(), 3)));
  }

  private User create(String name, String password) {
    NewUser wanted = new NewUser(name, null, password, null, null);
    return fixture.database.inTransaction(() -> administration.create(admin, wanted));
  }

  private User change(long id, UserChange wanted) {
    return change(id, SeenVersions.ANY, wanted);
  }

  private User change(long id, SeenVersions seen, UserChange wanted) {
    return fixture.database.inTransaction(() -> administration.change(admin, id, seen, wanted));
  }

  private boolean delete(long id) {
    return delete(admin, id);
  }

  private boolean delete(Caller by, long id) {
    fixture.database.run(() -> administration.delete(by, id));
    return true;
  }

  private static ProblemType refused(Supplier<?> work) {
    return assertThrows(ProblemException.class, work::get).type();
  }
}
