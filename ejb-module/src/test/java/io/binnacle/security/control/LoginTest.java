package io.binnacle.security.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import io.binnacle.platform.entity.SeenVersions;
import io.binnacle.security.control.UserAdministration.UserChange;
import io.binnacle.security.entity.AuditQuery;
import io.binnacle.security.entity.AuditRecord;
import io.binnacle.security.entity.Caller;
import io.binnacle.security.entity.Role;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoginTest {
  private static final String RIGHT = "correct horse";

  private final SecurityFixture fixture = new SecurityFixture();
  private final Login login =
      new Login(new Brake(), new Trail(), new Store(), new Begin(), fixture.passwords);
  private final Caller admin = SecurityFixture.session(fixture.user("root", Role.ADMIN));

  @BeforeEach
  void makeUser() {
    fixture.user("ann", Role.MEMBER);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void nameAndPasswordBeginASession() {
    String token = attempt("ann", RIGHT, "10.0.0.1");
    assertEquals("ann", fixture.authentication.bySession(token).userName());
  }

  @Test
  void theCaseOfTheNameDoesNotMatter() {
    assertNotNull(attempt(" Ann ", RIGHT, "10.0.0.1"));
  }

  @Test
  void wrongNameWrongPasswordAndDisabledUserGetOneAnswer() {
    ProblemException wrongPassword = refusal("ann", "wrong", "10.0.0.1");
    ProblemException wrongName = refusal("nobody", RIGHT, "10.0.0.1");
    fixture.database.run(() -> fixture.users.named("ann").get().disable());
    ProblemException disabled = refusal("ann", RIGHT, "10.0.0.1");
    assertEquals(ProblemType.UNAUTHENTICATED, wrongPassword.type());
    assertEquals(wrongPassword.getMessage(), wrongName.getMessage());
    assertEquals(wrongPassword.getMessage(), disabled.getMessage());
    assertEquals(ProblemType.UNAUTHENTICATED, disabled.type());
  }

  @Test
  void theFifthFailureBeginsADelayThatDoublesUpToItsLimit() {
    failTimes(5, "ann");
    long expected = 1;
    for (int i = 0; i < 12; i++) {
      ProblemException held = refusal("ann", RIGHT, "10.0.0.1");
      assertEquals(ProblemType.TOO_MANY_REQUESTS, held.type());
      assertEquals(expected + 1, held.retryAfterSeconds());
      fixture.clock.move(Duration.ofSeconds(expected));
      assertEquals(ProblemType.UNAUTHENTICATED, refusal("ann", "wrong", "10.0.0." + i).type());
      expected = Math.min(300, expected * 2);
    }
  }

  @Test
  void anUnknownNameIsHeldOffLikeAKnownOne() {
    failTimes(5, "nobody");
    assertEquals(ProblemType.TOO_MANY_REQUESTS, refusal("nobody", RIGHT, "10.0.0.1").type());
  }

  @Test
  void aSuccessForgetsTheFailures() {
    failTimes(4, "ann");
    attempt("ann", RIGHT, "10.0.0.1");
    failTimes(4, "ann");
    assertNotNull(attempt("ann", RIGHT, "10.0.0.1"));
  }

  @Test
  void anAddressThatTriesManyNamesIsHeldOff() {
    for (int i = 0; i < 20; i++) {
      refusal("name" + i, "wrong", "10.0.0.9");
    }
    assertEquals(ProblemType.TOO_MANY_REQUESTS, refusal("ann", RIGHT, "10.0.0.9").type());
    assertNotNull(attempt("ann", RIGHT, "10.0.0.8"));
  }

  @Test
  void oneIpv6NetworkCountsAsOneAddress() {
    for (int i = 0; i < 20; i++) {
      refusal("name" + i, "wrong", "2001:db8:1:2:0:0:0:" + i);
    }
    assertEquals(
        ProblemType.TOO_MANY_REQUESTS, refusal("ann", RIGHT, "2001:db8:1:2:0:0:0:ff").type());
    for (String other : List.of("2001:db8:1:2::1", "2001:0DB8:1:2:a::%eth0")) {
      assertEquals(ProblemType.TOO_MANY_REQUESTS, refusal("ann", RIGHT, other).type(), other);
    }
    assertNotNull(attempt("ann", RIGHT, "2001:db8:1:3:0:0:0:1"));
  }

  @Test
  void anAddressOfIpv4CountsAloneAlsoInTheClothesOfIpv6() {
    for (int i = 0; i < 20; i++) {
      refusal("name" + i, "wrong", "::ffff:10.0.0.9");
    }
    assertEquals(ProblemType.TOO_MANY_REQUESTS, refusal("ann", RIGHT, "10.0.0.9").type());
    assertNotNull(attempt("ann", RIGHT, "::ffff:10.0.0.8"));
  }

  @Test
  void failuresAreForgottenAfterADay() {
    failTimes(5, "ann");
    fixture.clock.move(Duration.ofHours(25));
    failTimes(4, "ann");
    assertNotNull(attempt("ann", RIGHT, "10.0.0.1"));
  }

  @Test
  void anEndlessPasswordIsNotHashed() {
    assertEquals(
        ProblemType.UNAUTHENTICATED, refusal("ann", "x".repeat(1_000_000), "10.0.0.1").type());
  }

  @Test
  void onlyTheHashOfTheTokenIsKept() {
    String token = attempt("ann", RIGHT, "10.0.0.1");
    assertTrue(fixture.sessionStore.withHash(Secret.hash(token)).isPresent());
    assertTrue(fixture.sessionStore.withHash(token).isEmpty());
  }

  @Test
  void loginsAndRefusedOnesAreInTheAuditTrail() {
    attempt("ann", RIGHT, "10.0.0.1");
    failTimes(5, "ann");
    refusal("ann", RIGHT, "10.0.0.1");
    assertEquals(List.of("login.throttle", "login.fail", "session.begin"), actions());
    assertEquals("ann", trail().get(2).userName());
  }

  @Test
  void whoGuessesCannotFillTheAuditTrail() {
    for (int i = 0; i < 15; i++) {
      refusal("name" + i, "wrong", "10.0.0." + i);
    }
    assertEquals(List.of("login.fail"), actions());
    fixture.clock.move(Duration.ofMinutes(1));
    refusal("another", "wrong", "10.0.0.1");
    assertEquals(List.of("login.fail", "login.fail"), actions());
  }

  @Test
  void aPasswordThatIsReplacedMeanwhileBeginsNoSession() {
    Login late =
        new Login(new Brake(), new Trail(), new Replaced(), new Begin(), fixture.passwords);
    ProblemException refusal =
        assertThrows(ProblemException.class, () -> late.login("ann", RIGHT, "10.0.0.1", "test"));
    assertEquals(ProblemType.UNAUTHENTICATED, refusal.type());
    assertEquals(List.of(), fixture.sessionStore.of(fixture.users.named("ann").get().id()));
    assertNotNull(attempt("ann", "battery staple", "10.0.0.1"));
  }

  @Test
  void aPasswordThatIsReplacedMeanwhileIsNotReplacedAgain() {
    PasswordChange late =
        new PasswordChange(new Brake(), new Trail(), new Replaced(), fixture.passwords);
    Caller ann = SecurityFixture.session(fixture.users.named("ann").get());
    ProblemException refusal =
        assertThrows(
            ProblemException.class, () -> late.change(ann, RIGHT, "new password", "10.0.0.1"));
    assertEquals("current", refusal.field());
    assertNotNull(attempt("ann", "battery staple", "10.0.0.1"));
    assertTrue(actions().contains("password.fail"));
  }

  @Test
  void thePresentPasswordIsGuessedNoFasterThanALogin() {
    PasswordChange change =
        new PasswordChange(new Brake(), new Trail(), new Store(), fixture.passwords);
    Caller ann = SecurityFixture.session(fixture.users.named("ann").get());
    for (int i = 0; i < 5; i++) {
      String guess = "guess " + i;
      ProblemException wrong =
          assertThrows(
              ProblemException.class, () -> change.change(ann, guess, "new password", "10.0.0.1"));
      assertEquals(ProblemType.INVALID_FIELD, wrong.type());
    }
    ProblemException held =
        assertThrows(
            ProblemException.class, () -> change.change(ann, RIGHT, "new password", "10.0.0.1"));
    assertEquals(ProblemType.TOO_MANY_REQUESTS, held.type());
    fixture.clock.move(Duration.ofMinutes(10));
    change.change(ann, RIGHT, "new password", "10.0.0.1");
    assertNotNull(attempt("ann", "new password", "10.0.0.1"));
  }

  private List<AuditRecord> trail() {
    return fixture.trail.page(admin, AuditQuery.EVERYTHING, null, 50).items();
  }

  private List<String> actions() {
    return trail().stream().map(AuditRecord::action).toList();
  }

  private void failTimes(int times, String name) {
    for (int i = 0; i < times; i++) {
      assertEquals(ProblemType.UNAUTHENTICATED, refusal(name, "wrong", "10.0.1." + i).type());
    }
  }

  private ProblemException refusal(String name, String password, String address) {
    return assertThrows(ProblemException.class, () -> attempt(name, password, address));
  }

  private String attempt(String name, String password, String address) {
    return login.login(name, password, address, "test");
  }

  /** The brake in a transaction of its own, as the container runs it. */
  private final class Brake extends LoginBrake {
    @Override
    public void begin(String name, String address) {
      fixture.database.run(() -> fixture.brake.begin(name, address));
    }

    @Override
    public void succeed(String name, String address) {
      fixture.database.run(() -> fixture.brake.succeed(name, address));
    }
  }

  /** The trail in a transaction of its own, as the container runs it. */
  private final class Trail extends LoginTrail {
    private final LoginTrail trail = new LoginTrail(fixture.audit, fixture.clock);

    @Override
    void failed(Optional<PasswordOwner> user) {
      fixture.database.run(() -> trail.failed(user));
    }

    @Override
    void failedToChange(PasswordOwner user) {
      fixture.database.run(() -> trail.failedToChange(user));
    }

    @Override
    void heldOff(Optional<PasswordOwner> user) {
      fixture.database.run(() -> trail.heldOff(user));
    }
  }

  /** Passwords in a transaction of their own, as the container runs them. */
  private class Store extends Passwords {
    @Override
    Optional<PasswordOwner> ofLogin(String login) {
      return fixture.database.inTransaction(() -> fixture.passwordStore.ofLogin(login));
    }

    @Override
    PasswordOwner of(Caller caller) {
      return fixture.database.inTransaction(() -> fixture.passwordStore.of(caller));
    }

    @Override
    boolean replace(Caller caller, PasswordOwner verified, String newHash) {
      return fixture.database.inTransaction(
          () -> fixture.passwordStore.replace(caller, verified, newHash));
    }
  }

  /** A password that is replaced as soon as it was read. */
  private final class Replaced extends Store {
    @Override
    Optional<PasswordOwner> ofLogin(String login) {
      Optional<PasswordOwner> read = super.ofLogin(login);
      replaceNow();
      return read;
    }

    @Override
    PasswordOwner of(Caller caller) {
      PasswordOwner read = super.of(caller);
      replaceNow();
      return read;
    }

    private void replaceNow() {
      UserChange replaced = new UserChange(null, "battery staple", null, null);
      long id = fixture.users.named("ann").get().id();
      fixture.database.run(
          () -> fixture.administration.change(admin, id, SeenVersions.ANY, replaced));
    }
  }

  /** Sessions in a transaction of their own, as the container runs them. */
  private final class Begin extends Sessions {
    @Override
    Optional<String> begin(PasswordOwner verified, String address, String userAgent) {
      return fixture.database.inTransaction(
          () -> fixture.sessions.begin(verified, address, userAgent));
    }
  }
}
