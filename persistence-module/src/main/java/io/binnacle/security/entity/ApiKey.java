package io.binnacle.security.entity;

import io.binnacle.platform.entity.InstantNanos;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A key by which a program acts for a user. The key itself is never kept, only its hash. */
@Entity
@Table(name = "api_key")
public class ApiKey {
  @Id private long id;

  @Column(name = "user_id")
  private long userId;

  private String name;
  private String prefix;
  private String hash;
  private String scopes;

  @Column(name = "project_id")
  private @Nullable Long projectId;

  @Column(name = "unlimited_tails")
  private boolean unlimitedTails;

  @Convert(converter = InstantNanos.class)
  @Column(name = "created_at")
  private Instant createdAt;

  @Convert(converter = InstantNanos.class)
  @Column(name = "expires_at")
  private @Nullable Instant expiresAt;

  @Convert(converter = InstantNanos.class)
  @Column(name = "last_used_at")
  private @Nullable Instant lastUsedAt;

  @Convert(converter = InstantNanos.class)
  @Column(name = "revoked_at")
  private @Nullable Instant revokedAt;

  /** For JPA. */
  @SuppressWarnings("NullAway.Init")
  protected ApiKey() {}

  /**
   * A new key.
   *
   * @param prefix the beginning of the key, by which people recognise it
   * @param hash SHA-256 of the whole key, in hex
   */
  public ApiKey(
      long id, long userId, String prefix, String hash, ApiKeyGrant grant, Instant createdAt) {
    this.id = id;
    this.userId = userId;
    this.prefix = prefix;
    this.hash = hash;
    this.name = grant.name();
    this.scopes = text(grant.scopes());
    this.projectId = grant.projectId();
    this.unlimitedTails = grant.unlimitedTails();
    this.expiresAt = grant.expiresAt();
    this.createdAt = createdAt;
  }

  public long id() {
    return id;
  }

  public long userId() {
    return userId;
  }

  public String name() {
    return name;
  }

  /** The beginning of the key, by which people recognise it. */
  public String prefix() {
    return prefix;
  }

  /** What the key may do at most; its owner's role may allow less. */
  public Set<Right> scopes() {
    return Arrays.stream(scopes.split(","))
        .map(scope -> Right.valueOf(scope.toUpperCase(Locale.ROOT)))
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Right.class)));
  }

  /** The only project of a bound key, or null. */
  public @Nullable Long projectId() {
    return projectId;
  }

  public boolean unlimitedTails() {
    return unlimitedTails;
  }

  public Instant createdAt() {
    return createdAt;
  }

  /** When the key ends by itself, or null. */
  public @Nullable Instant expiresAt() {
    return expiresAt;
  }

  /** When the key was last used, to the minute, or null. */
  public @Nullable Instant lastUsedAt() {
    return lastUsedAt;
  }

  /** When the key was revoked, or null. */
  public @Nullable Instant revokedAt() {
    return revokedAt;
  }

  /** Ends the key for good; a second time changes nothing. */
  public void revoke(Instant now) {
    if (revokedAt == null) {
      revokedAt = now;
    }
  }

  /** Whether the key opens anything at a time. */
  public boolean validAt(Instant now) {
    return revokedAt == null && (expiresAt == null || now.isBefore(expiresAt));
  }

  private static String text(Set<Right> scopes) {
    return scopes.stream().sorted().map(Right::code).collect(Collectors.joining(","));
  }
}
