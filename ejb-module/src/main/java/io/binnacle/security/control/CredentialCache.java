package io.binnacle.security.control;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Credentials by the hash of their secret, known and unknown ones, for at most five seconds: so
 * long may another node's revocation take. Shortly before that, one thread renews the entry while
 * the others go on with it. Both halves are bounded, and apart, so that a flood of made-up keys
 * neither fills the memory nor pushes the real ones out.
 */
final class CredentialCache {
  static final long MAX_AGE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long RENEW_AGE_NANOS = TimeUnit.SECONDS.toNanos(4);
  private static final int MAX_ENTRIES = 10_000;

  private final Function<String, @Nullable Credential> source;
  private final LongSupplier ticker;
  private final ConcurrentHashMap<String, Entry> known = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, Entry> unknown = new ConcurrentHashMap<>();

  /** A credential, or that there is none, at a moment. */
  static final class Entry {
    private final @Nullable Credential credential;
    private final long loadedAt;
    private final AtomicBoolean renewing = new AtomicBoolean();
    private final AtomicLong notedUse;

    Entry(@Nullable Credential credential, long loadedAt) {
      this.credential = credential;
      this.loadedAt = loadedAt;
      this.notedUse = new AtomicLong(credential == null ? 0 : credential.usedAt());
    }

    @Nullable Credential credential() {
      return credential;
    }

    /** True for the first caller that asks so long after the last noted use. */
    boolean noteUse(long now, long interval) {
      long noted = notedUse.get();
      return now - noted >= interval && notedUse.compareAndSet(noted, now);
    }
  }

  /**
   * @param source looks a hash up; null when there is no such credential
   * @param ticker nanoseconds that never go back
   */
  CredentialCache(Function<String, @Nullable Credential> source, LongSupplier ticker) {
    this.source = source;
    this.ticker = ticker;
  }

  /** What is known of a hash. */
  Entry get(String hash) {
    Entry entry = known.get(hash);
    if (entry == null) {
      entry = unknown.get(hash);
    }
    long now = ticker.getAsLong();
    if (entry == null || now - entry.loadedAt >= MAX_AGE_NANOS) {
      return load(hash, entry, now);
    }
    if (now - entry.loadedAt >= RENEW_AGE_NANOS && entry.renewing.compareAndSet(false, true)) {
      return load(hash, entry, now);
    }
    return entry;
  }

  /** Forgets everything: who asks next sees the database. */
  void clear() {
    known.clear();
    unknown.clear();
  }

  /** How many entries are held. */
  int size() {
    return known.size() + unknown.size();
  }

  private Entry load(String hash, @Nullable Entry before, long now) {
    Entry loaded = new Entry(source.apply(hash), now);
    if (before != null) {
      loaded.notedUse.accumulateAndGet(before.notedUse.get(), Math::max);
    }
    known.remove(hash);
    unknown.remove(hash);
    put(loaded.credential == null ? unknown : known, hash, loaded);
    return loaded;
  }

  private void put(ConcurrentHashMap<String, Entry> half, String hash, Entry entry) {
    if (half.size() >= MAX_ENTRIES) {
      half.values().removeIf(old -> entry.loadedAt - old.loadedAt >= MAX_AGE_NANOS);
    }
    // Still full of young ones: to forget them costs one look-up each.
    if (half.size() >= MAX_ENTRIES) {
      half.clear();
    }
    half.put(hash, entry);
  }
}
