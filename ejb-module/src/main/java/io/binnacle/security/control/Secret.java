package io.binnacle.security.control;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Random keys, tokens and passwords, and the hash by which they are kept. */
final class Secret {
  private static final String ALPHABET =
      "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

  /** 43 of 62 characters carry 256 bits. */
  private static final int SECRET_CHARS = 43;

  private static final int PREFIX_CHARS = 8;
  private static final int PASSWORD_CHARS = 20;
  private static final String KEY_MARK = "bnk_";
  private static final SecureRandom RANDOM = new SecureRandom();

  private Secret() {}

  /** A new API key, {@code bnk_<prefix>_<secret>}. */
  static String newKey() {
    return KEY_MARK + random(PREFIX_CHARS) + "_" + random(SECRET_CHARS);
  }

  /** A new session token of 256 bits. */
  static String newToken() {
    return random(SECRET_CHARS);
  }

  /** A new password that nobody guesses. */
  static String newPassword() {
    return random(PASSWORD_CHARS);
  }

  /** The part of a key that may be shown; of a key of another make only its first characters. */
  static String prefix(String key) {
    int shown = key.startsWith(KEY_MARK) ? KEY_MARK.length() + PREFIX_CHARS : KEY_MARK.length();
    return key.substring(0, Math.min(shown, key.length()));
  }

  /** SHA-256 in hex. Enough for secrets of 256 bits; passwords go through PasswordHash. */
  static String hash(String secret) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(secret.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  private static String random(int chars) {
    StringBuilder text = new StringBuilder(chars);
    for (int i = 0; i < chars; i++) {
      text.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }
}
