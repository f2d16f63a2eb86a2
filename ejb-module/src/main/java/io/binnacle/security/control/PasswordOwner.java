package io.binnacle.security.control;

import io.binnacle.security.entity.UserAccount;

/**
 * Whose password is verified, as it was read. Hashing takes too long for a transaction, so whoever
 * acts on the result looks again whether it is about what is there now.
 *
 * @param id of the user
 * @param hash what {@link PasswordHash} made
 */
record PasswordOwner(long id, String hash) {
  static PasswordOwner of(UserAccount user) {
    return new PasswordOwner(user.id(), user.passwordHash());
  }

  /** Whether the user still has the password that was verified. */
  boolean stillHasIt(UserAccount user) {
    return user.passwordHash().equals(hash);
  }
}
