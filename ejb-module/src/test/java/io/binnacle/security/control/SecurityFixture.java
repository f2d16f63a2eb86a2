package io.binnacle.security.control;

import io.binnacle.platform.store.Ids;
import io.binnacle.security.entity.Caller;
import io.binnacle.security.entity.Role;
import io.binnacle.security.entity.UserAccount;
import io.binnacle.security.store.ApiKeys;
import io.binnacle.security.store.AuditEntries;
import io.binnacle.security.store.ConsoleSessions;
import io.binnacle.security.store.LoginThrottles;
import io.binnacle.security.store.ProjectMembers;
import io.binnacle.security.store.UserAccounts;
import io.binnacle.testing.H2Database;
import io.binnacle.testing.KeptEvents;
import java.time.Instant;

/** The use cases of security on a real database, with a clock that tests move. */
final class SecurityFixture implements AutoCloseable {
  static final Instant START = Instant.parse("2026-11-21T08:00:00.123456789Z");
  private static final int CHEAP = 1_000;

  final H2Database database = H2Database.create();
  final MovableClock clock = new MovableClock(START);
  final Ids ids = new Ids(1, clock::millis);
  final PasswordHash passwords = new PasswordHash(CHEAP);
  final UserAccounts users = new UserAccounts(database.entities());
  final ApiKeys keys = new ApiKeys(database.entities());
  final ConsoleSessions sessionStore = new ConsoleSessions(database.entities());
  final ProjectMembers memberStore = new ProjectMembers(database.entities());
  final AuditEntries auditStore = new AuditEntries(database.entities());
  final KeptEvents<SecurityChanged> events = new KeptEvents<>();
  final SessionPolicy policy = new SessionPolicy(60, 24);
  final Audit audit = new Audit(auditStore, ids, clock);
  final CredentialLookup lookup =
      new CredentialLookup(keys, sessionStore, memberStore, policy, clock);
  final LastUses uses = new LastUses(keys, sessionStore);
  final Authentication authentication = new Authentication(lookup, uses, clock);
  final ProjectAccess access = new ProjectAccess(lookup);
  final Members members = new Members(memberStore, users, audit, events, clock);
  final Sessions sessions = new Sessions(sessionStore, users, policy, audit, events, ids, clock);
  final Passwords passwordStore = new Passwords(users, sessionStore, audit, events);
  final AuditTrail trail = new AuditTrail(auditStore, access);
  final LoginBrake brake = new LoginBrake(new LoginThrottles(database.entities()), clock, 300);
  final FirstAdmin firstAdmin = new FirstAdmin(users, keys, passwords, audit, ids, clock);
  final IssuedKeys issued = new IssuedKeys(new OneProject());
  final KeyManagement keyManagement = new KeyManagement();
  final KeyMaking keyMaking = new KeyMaking();
  final UserRegister register = new UserRegister();
  final UserAdministration administration = new UserAdministration();

  SecurityFixture() {
    keyManagement.keys = keys;
    keyManagement.access = access;
    keyManagement.audit = audit;
    keyManagement.changes = events;
    keyManagement.issued = issued;
    keyManagement.clock = clock;
    keyMaking.keys = keys;
    keyMaking.access = access;
    keyMaking.projects = new OneProject();
    keyMaking.issued = issued;
    keyMaking.audit = audit;
    keyMaking.changes = events;
    keyMaking.ids = ids;
    keyMaking.clock = clock;
    administration.users = users;
    administration.register = register;
    administration.hashes = passwords;
    administration.access = access;
    register.users = users;
    register.passwords = passwordStore;
    register.keys = keys;
    register.sessions = sessionStore;
    register.members = memberStore;
    register.audit = audit;
    register.changes = events;
    register.ids = ids;
    register.clock = clock;
  }

  /** Adds a user whose password is "correct horse". */
  UserAccount user(String name, Role role) {
    return database.inTransaction(
        () -> {
          UserAccount user =
              new UserAccount(
                  ids.next(), name, name, passwords.of("correct horse"), role, clock.instant());
          users.add(user);
          return user;
        });
  }

  /** Begins a session of a user, as a login does; returns its token. */
  String begin(UserAccount user) {
    return database.inTransaction(
        () -> sessions.begin(PasswordOwner.of(user), "10.0.0.1", "").orElseThrow());
  }

  /** A console session of a user, which is not in the database. */
  static Caller session(UserAccount user) {
    return Caller.bySession(user, 1L);
  }

  @Override
  public void close() {
    database.close();
  }
}
