package io.binnacle.security.boundary.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The API key of a request: {@code X-API-Key}, {@code Authorization: Bearer}, or {@code Basic} with
 * the key as the password, whatever the user name says.
 */
final class Credentials {
  private static final String BEARER = "Bearer ";
  private static final String BASIC = "Basic ";

  private Credentials() {}

  /**
   * @param header gives a header's first value, or null
   * @return the key; empty for an {@code Authorization} that carries none; null when the request
   *     shows no key at all
   */
  static @Nullable String key(Function<String, @Nullable String> header) {
    String key = header.apply("X-API-Key");
    if (key != null) {
      return key.strip();
    }
    String authorization = header.apply("Authorization");
    if (authorization == null) {
      return null;
    }
    if (authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return authorization.substring(BEARER.length()).strip();
    }
    if (authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
      return password(authorization.substring(BASIC.length()).strip());
    }
    return "";
  }

  private static String password(String basic) {
    try {
      String pair = new String(Base64.getDecoder().decode(basic), StandardCharsets.UTF_8);
      return pair.substring(pair.indexOf(':') + 1);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
