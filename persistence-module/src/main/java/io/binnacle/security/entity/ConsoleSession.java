package io.binnacle.security.entity;

import io.binnacle.platform.entity.InstantNanos;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/**
 * A login to the console. It is a row, so that any node knows it and anybody entitled can end it.
 */
@Entity
@Table(name = "console_session")
public class ConsoleSession {
  @Id private long id;

  @Column(name = "user_id")
  private long userId;

  private String hash;

  @Convert(converter = InstantNanos.class)
  @Column(name = "created_at")
  private Instant createdAt;

  @Convert(converter = InstantNanos.class)
  @Column(name = "seen_at")
  private Instant seenAt;

  @Convert(converter = InstantNanos.class)
  @Column(name = "expires_at")
  private Instant expiresAt;

  private String address;

  @Column(name = "user_agent")
  private String userAgent;

  /** For JPA. */
  @SuppressWarnings("NullAway.Init")
  protected ConsoleSession() {}

  /**
   * @param hash SHA-256 of the token in the cookie, in hex
   * @param expiresAt when it ends even if it is used all the time
   */
  public ConsoleSession(
      long id,
      long userId,
      String hash,
      Instant createdAt,
      Instant expiresAt,
      String address,
      String userAgent) {
    this.id = id;
    this.userId = userId;
    this.hash = hash;
    this.createdAt = createdAt;
    this.seenAt = createdAt;
    this.expiresAt = expiresAt;
    this.address = address;
    this.userAgent = userAgent;
  }

  public long id() {
    return id;
  }

  public long userId() {
    return userId;
  }

  /** When it was last used, to the minute. */
  public Instant seenAt() {
    return seenAt;
  }

  /** When it ends even if it is used all the time. */
  public Instant expiresAt() {
    return expiresAt;
  }

  /** The session as its user may see it. */
  public Session asSession() {
    return new Session(Long.toString(id), createdAt, seenAt, expiresAt, address, userAgent);
  }
}
