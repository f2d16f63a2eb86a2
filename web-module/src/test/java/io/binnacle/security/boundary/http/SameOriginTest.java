package io.binnacle.security.boundary.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SameOriginTest {
  @Test
  void theBrowsersOwnWordCounts() {
    assertTrue(holds("Sec-Fetch-Site", "same-origin"));
    assertFalse(holds("Sec-Fetch-Site", "same-site"));
    assertFalse(holds("Sec-Fetch-Site", "cross-site"));
    assertFalse(holds("Sec-Fetch-Site", "none"));
  }

  @Test
  void otherwiseTheOriginMustBeThisHost() {
    assertTrue(holds("Origin", "http://binnacle.example:9080"));
    assertTrue(holds("Origin", "https://Binnacle.Example:9080"));
    assertFalse(holds("Origin", "http://binnacle.example"));
    assertFalse(holds("Origin", "http://binnacle.example:9080.evil.example"));
    assertFalse(holds("Origin", "null"));
    assertFalse(holds("Origin", "http://["));
  }

  @Test
  void aRequestThatSaysNothingIsForeign() {
    assertFalse(SameOrigin.holds(Map.of("Host", "binnacle.example:9080")::get));
  }

  private static boolean holds(String header, String value) {
    return SameOrigin.holds(Map.of("Host", "binnacle.example:9080", header, value)::get);
  }
}
