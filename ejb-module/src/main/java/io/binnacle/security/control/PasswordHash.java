package io.binnacle.security.control;

import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Passwords as {@code pbkdf2-sha512$iterations$salt$hash}. The cost stands in the hash, so it can
 * rise later without locking anybody out. Hashing takes long and takes turns: it is done before a
 * transaction begins, never in one.
 */
@ApplicationScoped
public class PasswordHash {
  /** OWASP's figure for PBKDF2 with HMAC-SHA512. */
  private static final int ITERATIONS = 210_000;

  private static final String SCHEME = "pbkdf2-sha512";
  private static final int SALT_BYTES = 16;
  private static final int HASH_BITS = 512;

  /** More at once than this would leave no processor to anybody else. */
  private static final int AT_ONCE = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

  private static final int MAX_WAIT_SECONDS = 5;

  private final int iterations;
  private final Semaphore turns = new Semaphore(AT_ONCE, true);
  private final SecureRandom random = new SecureRandom();

  /** With the cost for real passwords: about half a second of a core. */
  public PasswordHash() {
    this(ITERATIONS);
  }

  /** With another cost, for tests. */
  PasswordHash(int iterations) {
    this.iterations = iterations;
  }

  /**
   * Hashes a password with a new salt.
   *
   * @throws ProblemException TOO_MANY_REQUESTS when too many are hashed at once
   */
  public String of(String password) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    String hash = base64.encodeToString(derive(password, salt, iterations));
    return SCHEME + "$" + iterations + "$" + base64.encodeToString(salt) + "$" + hash;
  }

  /**
   * Whether a password belongs to a hash; takes the same time either way.
   *
   * @throws ProblemException TOO_MANY_REQUESTS when too many are hashed at once
   */
  public boolean matches(String password, String stored) {
    String[] parts = stored.split("\\$");
    byte[] salt = Base64.getDecoder().decode(parts[2]);
    byte[] expected = Base64.getDecoder().decode(parts[3]);
    return MessageDigest.isEqual(derive(password, salt, Integer.parseInt(parts[1])), expected);
  }

  /** A hash that no password matches, at the cost of a real one. */
  public String ofNobody() {
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    byte[] impossible = new byte[HASH_BITS / Byte.SIZE];
    String salt = base64.encodeToString(new byte[SALT_BYTES]);
    return SCHEME + "$" + iterations + "$" + salt + "$" + base64.encodeToString(impossible);
  }

  private byte[] derive(String password, byte[] salt, int rounds) {
    takeTurn();
    try {
      return deriveNow(password, salt, rounds);
    } finally {
      turns.release();
    }
  }

  private void takeTurn() {
    try {
      if (turns.tryAcquire(MAX_WAIT_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw ProblemException.retryLater(
        ProblemType.TOO_MANY_REQUESTS, MAX_WAIT_SECONDS, "Too many passwords at once. Try again.");
  }

  private static byte[] deriveNow(String password, byte[] salt, int rounds) {
    PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, rounds, HASH_BITS);
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512").generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has PBKDF2WithHmacSHA512", e);
    } finally {
      spec.clearPassword();
    }
  }
}
