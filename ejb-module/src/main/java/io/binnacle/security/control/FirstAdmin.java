package io.binnacle.security.control;

import io.binnacle.platform.control.RetryConflicts;
import io.binnacle.platform.store.Ids;
import io.binnacle.security.entity.ApiKey;
import io.binnacle.security.entity.ApiKeyGrant;
import io.binnacle.security.entity.AuditSubject;
import io.binnacle.security.entity.Right;
import io.binnacle.security.entity.Role;
import io.binnacle.security.entity.UserAccount;
import io.binnacle.security.store.ApiKeys;
import io.binnacle.security.store.UserAccounts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the first user of an empty installation. */
@ApplicationScoped
public class FirstAdmin {
  static final String NAME = "admin";

  @Inject UserAccounts users;
  @Inject ApiKeys keys;
  @Inject PasswordHash passwords;
  @Inject Audit audit;
  @Inject Ids ids;
  @Inject Clock clock;

  /** For the container. */
  @SuppressWarnings("NullAway.Init")
  public FirstAdmin() {}

  FirstAdmin(
      UserAccounts users, ApiKeys keys, PasswordHash passwords, Audit audit, Ids ids, Clock clock) {
    this.users = users;
    this.keys = keys;
    this.audit = audit;
    this.passwords = passwords;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * Makes the admin if there are no users. Of two servers that start together one fails on the name
   * and finds the other's admin when it tries again.
   *
   * @param password the admin's password, or null for a random one
   * @param apiKey a key to register for the admin, or null
   * @param passwordFile where a random password is written before the commit, so that a crash
   *     between the two can't lose it
   * @return the random password that was made; empty when none was
   */
  @RetryConflicts
  @Transactional
  public Optional<String> create(
      @Nullable String password, @Nullable String apiKey, Path passwordFile) {
    if (users.count() > 0) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    String chosen = password == null ? Secret.newPassword() : password;
    long id = ids.next();
    users.add(new UserAccount(id, NAME, "Administrator", passwords.of(chosen), Role.ADMIN, now));
    audit.record(
        null,
        "user.create",
        AuditSubject.of("user", id),
        null,
        Map.of("name", NAME, "role", Role.ADMIN));
    if (apiKey != null) {
      register(apiKey, id, now);
    }
    if (password != null) {
      return Optional.empty();
    }
    OwnerOnlyFile.write(passwordFile, chosen + "\n");
    return Optional.of(chosen);
  }

  /** Whether a key text is a registered key. */
  @Transactional
  public boolean knows(String apiKey) {
    return keys.withHash(Secret.hash(apiKey)).isPresent();
  }

  private void register(String apiKey, long userId, Instant now) {
    ApiKeyGrant grant = new ApiKeyGrant("bootstrap", EnumSet.allOf(Right.class), null, null, true);
    long id = ids.next();
    keys.add(new ApiKey(id, userId, Secret.prefix(apiKey), Secret.hash(apiKey), grant, now));
    AuditSubject subject = AuditSubject.of("api_key", id);
    audit.record(
        null,
        "api_key.create",
        subject,
        null,
        Map.of("name", grant.name(), "scopes", grant.scopes()));
  }
}
