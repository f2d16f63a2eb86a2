package io.binnacle.security.control;

import io.binnacle.platform.entity.ListRequest;
import io.binnacle.platform.entity.Page;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import io.binnacle.platform.entity.Texts;
import io.binnacle.platform.store.Ids;
import io.binnacle.security.entity.ApiKey;
import io.binnacle.security.entity.ApiKeyGrant;
import io.binnacle.security.entity.AuditSubject;
import io.binnacle.security.entity.Caller;
import io.binnacle.security.entity.IssuedKey;
import io.binnacle.security.entity.KeyOrder;
import io.binnacle.security.entity.Right;
import io.binnacle.security.store.ApiKeys;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes, lists and revokes API keys. */
@ApplicationScoped
public class KeyManagement {
  private static final int MAX_NAME_CHARS = 100;

  @Inject ApiKeys keys;
  @Inject ProjectAccess access;
  @Inject Audit audit;
  @Inject Event<SecurityChanged> changes;
  @Inject Instance<ProjectDirectory> projects;
  @Inject Ids ids;
  @Inject Clock clock;

  /** For the container. */
  @SuppressWarnings("NullAway.Init")
  public KeyManagement() {}

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
    audit.record(caller, "api_key.create", AuditSubject.of("api_key", key.id()), null, state(key));
    // The hash may be known as unknown, if somebody guessed it; to forget costs little.
    changes.fire(new SecurityChanged());
    return issued(key, caller.userName(), text);
  }

  /**
   * A page of the caller's keys.
   *
   * @throws ProblemException {@code invalid_field}, {@code invalid_cursor}
   */
  @Transactional
  public Page<IssuedKey> own(Caller caller, ListRequest wanted) {
    return list(caller.userId(), wanted);
  }

  /**
   * A page of all users' keys.
   *
   * @throws ProblemException FORBIDDEN without {@code admin}
   */
  @Transactional
  public Page<IssuedKey> everybodys(Caller caller, ListRequest wanted) {
    access.require(caller, Right.ADMIN);
    return list(null, wanted);
  }

  /** The key by which a caller came; empty for a session. */
  @Transactional
  public Optional<IssuedKey> usedBy(Caller caller) {
    return Optional.ofNullable(caller.keyId())
        .flatMap(keys::find)
        .map(key -> issued(key, caller.userName(), null));
  }

  /**
   * Ends a key, here at once and on other nodes within five seconds.
   *
   * @throws ProblemException NOT_FOUND when the caller may not end the key: a user ends the user's
   *     own, a key only itself, and {@code admin} any
   */
  @Transactional
  public void revoke(Caller caller, long keyId) {
    ApiKey key =
        keys.find(keyId)
            .filter(found -> mayEnd(caller, found))
            .orElseThrow(() -> ProblemException.notFound("API key"));
    if (key.revokedAt() == null) {
      key.revoke(clock.instant());
      AuditSubject subject = AuditSubject.of("api_key", keyId);
      audit.record(caller, "api_key.revoke", subject, state(key), null);
      changes.fire(new SecurityChanged());
    }
  }

  /** A stolen key must not end the others. */
  private static boolean mayEnd(Caller caller, ApiKey key) {
    boolean own =
        caller.keyId() == null ? key.userId() == caller.userId() : key.id() == caller.keyId();
    return own || caller.may(Right.ADMIN);
  }

  private Page<IssuedKey> list(@Nullable Long userId, ListRequest wanted) {
    String text = wanted.text();
    return wanted
        .answer(
            "api_keys|" + userId,
            KeyOrder.ALL,
            (order, after) -> keys.list(userId, text, order, after, wanted.limit()),
            keys.count(userId, text))
        .map(owned -> issued(owned.key(), owned.owner().name(), null));
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
    checkProject(caller, grant.projectId());
  }

  private void checkProject(Caller caller, @Nullable Long projectId) {
    if (projectId == null && caller.keyProjectId() != null) {
      throw ProblemException.field("project", "A bound key makes keys for its own project only.");
    }
    if (projectId != null && !access.sees(caller, projectId)) {
      throw noSuchProject();
    }
  }

  private ApiKeyGrant grant(NewKey wanted) {
    String slug = wanted.project();
    Long projectId =
        slug == null
            ? null
            : directory()
                .flatMap(names -> names.idOf(slug))
                .orElseThrow(KeyManagement::noSuchProject);
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

  private Optional<ProjectDirectory> directory() {
    return projects.isResolvable() ? Optional.of(projects.get()) : Optional.empty();
  }

  private IssuedKey issued(ApiKey key, String user, @Nullable String text) {
    Optional<String> slug =
        Optional.ofNullable(key.projectId())
            .flatMap(id -> directory().flatMap(names -> names.slugOf(id)));
    return new IssuedKey(
        Long.toString(key.id()),
        key.name(),
        key.prefix(),
        user,
        key.scopes().stream().sorted().map(Right::code).toList(),
        slug.orElse(null),
        key.unlimitedTails(),
        key.createdAt(),
        key.expiresAt(),
        key.lastUsedAt(),
        key.revokedAt(),
        text);
  }

  private static Map<String, Object> state(ApiKey key) {
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("name", key.name());
    state.put("prefix", key.prefix());
    state.put("scopes", key.scopes().stream().sorted().map(Right::code).toList());
    state.put("project_id", key.projectId() == null ? null : key.projectId().toString());
    state.put("expires_at", key.expiresAt());
    return state;
  }
}
