package io.binnacle.security.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import io.binnacle.security.entity.Caller;
import io.binnacle.security.entity.Right;
import io.binnacle.security.entity.Role;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProjectAccessTest {
  private static final long VISION = 7;
  private static final long SPEECH = 8;

  private final SecurityFixture fixture = new SecurityFixture();
  private final ProjectAccess access = fixture.access;
  private final Caller admin = SecurityFixture.session(fixture.user("root", Role.ADMIN));
  private final Caller ann = SecurityFixture.session(fixture.user("ann", Role.MEMBER));
  private final Caller vic = SecurityFixture.session(fixture.user("vic", Role.VIEWER));

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aStrangersProjectIsNotThere() {
    assertEquals(ProblemType.NOT_FOUND, refusal(ann, VISION, Right.READ));
  }

  @Test
  void aMemberWithoutTheRightIsToldSo() {
    join(VISION, "vic");
    assertEquals(VISION, access.scope(vic, VISION, Right.READ).projectId());
    assertEquals(ProblemType.FORBIDDEN, refusal(vic, VISION, Right.WRITE));
  }

  @Test
  void aNewMembershipIsSeenAtOnceEvenWhereNobodyToldOfIt() {
    assertEquals(ProblemType.NOT_FOUND, refusal(ann, VISION, Right.READ));
    join(VISION, " Ann ");
    assertEquals(VISION, access.scope(ann, VISION, Right.READ).projectId());
  }

  @Test
  void anEndedMembershipIsForgottenWhenItIsTold() {
    join(VISION, "ann");
    access.scope(ann, VISION, Right.READ);
    fixture.database.run(() -> fixture.members.remove(admin, access.background(VISION), "ann"));
    access.forget(new SecurityChanged());
    assertEquals(ProblemType.NOT_FOUND, refusal(ann, VISION, Right.READ));
  }

  @Test
  void aProjectThatIsGoneHasNoMembersAndOthersKeepTheirs() {
    join(VISION, "ann");
    join(SPEECH, "ann");
    fixture.database.run(() -> fixture.members.disband(access.background(VISION)));
    access.forget(new SecurityChanged());
    assertEquals(ProblemType.NOT_FOUND, refusal(ann, VISION, Right.READ));
    assertEquals(SPEECH, access.scope(ann, SPEECH, Right.READ).projectId());
  }

  @Test
  void anAdminSeesEveryProject() {
    assertEquals(VISION, access.scope(admin, VISION, Right.WRITE).projectId());
    assertEquals(Optional.empty(), access.visible(admin));
  }

  @Test
  void aBoundKeyOpensItsProjectOnlyEvenAnAdmins() {
    Caller bound = boundTo(VISION, admin);
    assertEquals(VISION, access.scope(bound, VISION, Right.READ).projectId());
    assertEquals(ProblemType.NOT_FOUND, refusal(bound, SPEECH, Right.READ));
    assertEquals(Optional.of(Set.of(VISION)), access.visible(bound));
  }

  @Test
  void aBoundKeyEndsWithItsOwnersMembership() {
    Caller bound = boundTo(VISION, ann);
    assertEquals(ProblemType.NOT_FOUND, refusal(bound, VISION, Right.READ));
    assertEquals(Optional.of(Set.of()), access.visible(bound));
  }

  @Test
  void listsShowTheProjectsOfAMember() {
    join(VISION, "ann");
    join(SPEECH, "ann");
    assertEquals(Optional.of(Set.of(VISION, SPEECH)), access.visible(ann));
    assertTrue(access.visible(vic).orElseThrow().isEmpty());
  }

  private void join(long project, String user) {
    fixture.database.run(() -> fixture.members.put(admin, access.background(project), user));
  }

  private ProblemType refusal(Caller caller, long project, Right right) {
    return assertThrows(ProblemException.class, () -> access.scope(caller, project, right)).type();
  }

  private static Caller boundTo(long project, Caller owner) {
    return new Caller(
        owner.userId(),
        owner.userName(),
        owner.displayName(),
        owner.role(),
        owner.rights(),
        1L,
        project,
        null,
        false);
  }
}
