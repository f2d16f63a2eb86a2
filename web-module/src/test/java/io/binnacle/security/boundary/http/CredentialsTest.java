package io.binnacle.security.boundary.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CredentialsTest {
  @Test
  void aKeyComesInAnyOfThreeHeaders() {
    assertEquals("k1", Credentials.key(Map.of("X-API-Key", " k1 ")::get));
    assertEquals("k2", Credentials.key(Map.of("Authorization", "bearer k2")::get));
    assertEquals("k:3", Credentials.key(Map.of("Authorization", basic("anybody:k:3"))::get));
  }

  @Test
  void theOwnHeaderComesFirst() {
    Map<String, String> both = Map.of("X-API-Key", "k1", "Authorization", "Bearer k2");
    assertEquals("k1", Credentials.key(both::get));
  }

  @Test
  void aRequestWithoutAKeyHasNone() {
    assertNull(Credentials.key(Map.<String, String>of()::get));
  }

  @Test
  void anAuthorizationWithoutAKeyIsAKeyThatOpensNothing() {
    assertEquals("", Credentials.key(Map.of("Authorization", "Digest x")::get));
    assertEquals("", Credentials.key(Map.of("Authorization", "Basic !!!")::get));
    assertEquals("", Credentials.key(Map.of("X-API-Key", "")::get));
  }

  private static String basic(String pair) {
    byte[] bytes = pair.getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(bytes);
  }
}
