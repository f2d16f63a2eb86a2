package io.binnacle.security.entity;

import io.binnacle.platform.entity.InstantNanos;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import io.binnacle.platform.entity.SeenVersions;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;

/** A person, or a program that acts for one. The name is the login, in lower case. */
@Entity
@Table(name = "user_account")
public class UserAccount {
  @Id private long id;
  private String name;

  @Column(name = "display_name")
  private String displayName;

  private String password;

  @Enumerated(EnumType.STRING)
  private Role role;

  private boolean disabled;

  @Convert(converter = InstantNanos.class)
  @Column(name = "created_at")
  private Instant createdAt;

  @Version private long version;

  /** For JPA. */
  @SuppressWarnings("NullAway.Init")
  protected UserAccount() {}

  /**
   * @param name the login: lower case, unique
   * @param passwordHash what {@code PasswordHash} made, never the password
   */
  public UserAccount(
      long id, String name, String displayName, String passwordHash, Role role, Instant createdAt) {
    this.id = id;
    this.name = name;
    this.displayName = displayName;
    this.password = passwordHash;
    this.role = role;
    this.createdAt = createdAt;
  }

  public long id() {
    return id;
  }

  public String name() {
    return name;
  }

  public String displayName() {
    return displayName;
  }

  /** The hash with its salt and cost; for comparison only. */
  public String passwordHash() {
    return password;
  }

  public Role role() {
    return role;
  }

  public boolean disabled() {
    return disabled;
  }

  /**
   * @throws ProblemException {@code precondition_failed} when the caller saw another version
   */
  public void mustBeAt(SeenVersions seen) {
    if (!seen.include(version)) {
      throw ProblemException.of(
          ProblemType.PRECONDITION_FAILED, "The user was changed meanwhile; read it again.");
    }
  }

  /** Shows the user under another name; the login stays. */
  public void showAs(String newDisplayName) {
    displayName = newDisplayName;
  }

  /** Replaces the password. */
  public void changePassword(String newPasswordHash) {
    password = newPasswordHash;
  }

  /** Gives the user another role. */
  public void assign(Role newRole) {
    role = newRole;
  }

  /** Keeps the user out until {@link #enable}: keys and sessions stop to work. */
  public void disable() {
    disabled = true;
  }

  /** Lets the user in again. */
  public void enable() {
    disabled = false;
  }

  /** The user as others may see it. */
  public User asUser() {
    return new User(Long.toString(id), name, displayName, role, disabled, createdAt, version);
  }
}
