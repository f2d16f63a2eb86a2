package io.binnacle.security.entity;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a request, by an API key or by a console session.
 *
 * @param rights what this request may do: the role's rights, cut down to the key's scopes
 * @param keyId the API key, or null for a session
 * @param keyProjectId the only project of a bound key, or null
 * @param sessionId the console session, or null for a key
 * @param unlimitedTails whether the limit of live tails per user is lifted
 */
public record Caller(
    long userId,
    String userName,
    String displayName,
    Role role,
    Set<Right> rights,
    @Nullable Long keyId,
    @Nullable Long keyProjectId,
    @Nullable Long sessionId,
    boolean unlimitedTails) {

  /** A user who came with a session of the console. */
  public static Caller bySession(UserAccount user, long sessionId) {
    return new Caller(
        user.id(),
        user.name(),
        user.displayName(),
        user.role(),
        user.role().rights(),
        null,
        null,
        sessionId,
        false);
  }

  /** Whether the caller has a right. */
  public boolean may(Right right) {
    return rights.contains(right);
  }

  /** Whether the caller sees every project without being a member. */
  public boolean seesAllProjects() {
    return role == Role.ADMIN && keyProjectId == null;
  }
}
