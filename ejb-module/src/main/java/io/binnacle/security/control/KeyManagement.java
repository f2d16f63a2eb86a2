package io.binnacle.security.control;

import io.binnacle.platform.entity.ListRequest;
import io.binnacle.platform.entity.Page;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.security.entity.ApiKey;
import io.binnacle.security.entity.AuditSubject;
import io.binnacle.security.entity.Caller;
import io.binnacle.security.entity.IssuedKey;
import io.binnacle.security.entity.KeyOrder;
import io.binnacle.security.entity.Right;
import io.binnacle.security.store.ApiKeys;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lists and revokes API keys. */
@ApplicationScoped
public class KeyManagement {
  @Inject ApiKeys keys;
  @Inject ProjectAccess access;
  @Inject Audit audit;
  @Inject Event<SecurityChanged> changes;
  @Inject IssuedKeys issued;
  @Inject Clock clock;

  /** For the container. */
  @SuppressWarnings("NullAway.Init")
  public KeyManagement() {}

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
        .map(key -> issued.of(key, caller.userName(), null));
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
      audit.record(caller, "api_key.revoke", subject, IssuedKeys.audited(key), null);
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
        .map(owned -> issued.of(owned.key(), owned.owner().name(), null));
  }
}
