package io.binnacle.security.control;

import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import io.binnacle.platform.entity.Texts;
import io.binnacle.platform.store.Ids;
import io.binnacle.security.entity.ApiKey;
import io.binnacle.security.entity.ApiKeyGrant;
import io.binnacle.security.entity.AuditSubject;
import io.binnacle.security.entity.Caller;
import io.binnacle.security.entity.IssuedKey;
import io.binnacle.security.entity.Right;
import io.binnacle.security.store.ApiKeys;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes API keys: none opens more than its maker may open. */
@ApplicationScoped
public class KeyMaking {
  private static final int MAX_NAME_CHARS = 100;

  @Inject ApiKeys keys;
  @Inject ProjectAccess access;
  @Inject ProjectDirectory projects;
  @Inject IssuedKeys issued;
  @Inject Audit audit;
  @Inject Event<SecurityChanged> changes;
  @Inject Ids ids;
  @Inject Clock clock;

  /** For the container. */
  @SuppressWarnings("NullAway.Init")
  public KeyMaking() {}

  /**
   * A wish for a key; null stands for what was left out.
   *
   * @param project the slug of the only project that the key is to open
   */
  public record NewKey(
      @Nullable String name,
      @Nullable List<String> scopes,
      @Nullable String project,
      @Nullable Instant expiresAt,
      @Nullable Boolean unlimitedTails) {}

  /**
   * Makes a key that acts for the caller's user.
   *
   * @return the key with its text, which is shown this once
   * @throws ProblemException INVALID_FIELD for a wish that makes no sense; FORBIDDEN when it goes
   *     beyond the caller's own rights, or a key without {@code admin} asks: a stolen key must not
   *     outlive its revocation in its children
   */
  @Transactional
  public IssuedKey create(Caller caller, NewKey wanted) {
    Instant now = clock.instant();
    ApiKeyGrant grant = grant(wanted);
    check(caller, grant, now);
    String text = Secret.newKey();
    ApiKey key =
        new ApiKey(ids.next(), caller.userId(), Secret.prefix(text), Secret.hash(text), grant, now);
    keys.add(key);
    audit.record(
        caller,
        "api_key.create",
        AuditSubject.of("api_key", key.id()),
        null,
        IssuedKeys.audited(key));
    // The hash may be known as unknown, if somebody guessed it; to forget costs little.
    changes.fire(new SecurityChanged());
    return issued.of(key, caller.userName(), text);
  }

  private void check(Caller caller, ApiKeyGrant grant, Instant now) {
    if (caller.keyId() != null) {
      access.require(caller, Right.ADMIN);
    }
    Texts.name("name", grant.name(), MAX_NAME_CHARS);
    if (grant.scopes().isEmpty()) {
      throw ProblemException.field("scopes", "A key needs at least one scope.");
    }
    grant.scopes().forEach(scope -> access.require(caller, scope));
    if (grant.expiresAt() != null && !grant.expiresAt().isAfter(now)) {
      throw ProblemException.field("expires_at", "The key would have expired already.");
    }
    if (grant.unlimitedTails() && !caller.may(Right.ADMIN)) {
      throw ProblemException.of(
          ProblemType.FORBIDDEN, "Only an administrator lifts the limit of live tails.");
    }
    if (grant.projectId() != null && grant.scopes().contains(Right.ADMIN)) {
      throw ProblemException.field(
          "scopes", "A key bound to a project can't administer the installation.");
    }
    if (grant.projectId() != null && !access.sees(caller, grant.projectId())) {
      throw noSuchProject();
    }
  }

  private ApiKeyGrant grant(NewKey wanted) {
    String slug = wanted.project();
    Long projectId =
        slug == null ? null : projects.idOf(slug).orElseThrow(KeyMaking::noSuchProject);
    return new ApiKeyGrant(
        wanted.name() == null ? "" : wanted.name().strip(),
        scopes(wanted.scopes()),
        projectId,
        wanted.expiresAt(),
        Boolean.TRUE.equals(wanted.unlimitedTails()));
  }

  private static Set<Right> scopes(@Nullable List<String> names) {
    Set<Right> scopes = EnumSet.noneOf(Right.class);
    for (String name : names == null ? List.<String>of() : names) {
      scopes.add(
          Right.ofCode(name)
              .orElseThrow(
                  () ->
                      ProblemException.field(
                          "scopes", "The scopes are ingest, read, write and admin.")));
    }
    return scopes;
  }

  private static ProblemException noSuchProject() {
    return ProblemException.field("project", "There is no such project.");
  }
}
