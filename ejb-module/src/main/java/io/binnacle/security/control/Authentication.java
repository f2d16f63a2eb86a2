package io.binnacle.security.control;

import io.binnacle.platform.entity.Times;
import io.binnacle.security.control.CredentialCache.Entry;
import io.binnacle.security.entity.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Who stands behind a key or a session token. Answers from memory for up to five seconds; a request
 * never waits for the note of its own use.
 */
@ApplicationScoped
public class Authentication {
  private static final long USE_INTERVAL_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** Nobody's key is longer; a longer text is not even hashed. */
  private static final int MAX_SECRET_CHARS = 512;

  private CredentialCache keys;
  private CredentialCache sessions;
  private LastUses uses;
  private Clock clock;

  /** For the container. */
  @SuppressWarnings("NullAway.Init")
  public Authentication() {}

  /** With the database behind the caches. */
  @Inject
  public Authentication(CredentialLookup lookup, LastUses uses, Clock clock) {
    this.keys = new CredentialCache(lookup::key, System::nanoTime);
    this.sessions = new CredentialCache(lookup::session, System::nanoTime);
    this.uses = uses;
    this.clock = clock;
  }

  /** The caller behind a valid API key, or null. */
  public @Nullable Caller byKey(String key) {
    Entry entry = find(keys, key);
    Instant now = clock.instant();
    Credential credential = entry == null ? null : valid(entry, now);
    if (entry == null || credential == null) {
      return null;
    }
    if (entry.noteUse(Times.nanos(now), USE_INTERVAL_NANOS)) {
      uses.noteKey(credential.id(), now);
    }
    return credential.caller();
  }

  /** The caller behind the token of a living session, or null; the session is in use. */
  public @Nullable Caller bySession(String token) {
    Entry entry = find(sessions, token);
    Instant now = clock.instant();
    Credential credential = entry == null ? null : valid(entry, now);
    if (entry == null || credential == null) {
      return null;
    }
    if (entry.noteUse(Times.nanos(now), USE_INTERVAL_NANOS)) {
      uses.noteSession(credential.id(), now);
    }
    return credential.caller();
  }

  /** As {@link #bySession}, for what a page asks by itself: an idle session still ends. */
  public @Nullable Caller byIdleSession(String token) {
    Entry entry = find(sessions, token);
    Credential credential = entry == null ? null : valid(entry, clock.instant());
    return credential == null ? null : credential.caller();
  }

  void forget(@Observes(during = TransactionPhase.AFTER_SUCCESS) SecurityChanged committedChange) {
    keys.clear();
    sessions.clear();
  }

  private static @Nullable Entry find(CredentialCache cache, String secret) {
    boolean possible = !secret.isEmpty() && secret.length() <= MAX_SECRET_CHARS;
    return possible ? cache.get(Secret.hash(secret)) : null;
  }

  private static @Nullable Credential valid(Entry entry, Instant now) {
    Credential credential = entry.credential();
    return credential != null && Times.nanos(now) < credential.validUntil() ? credential : null;
  }
}
