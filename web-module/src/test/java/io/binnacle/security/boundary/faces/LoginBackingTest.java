package io.binnacle.security.boundary.faces;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LoginBackingTest {
  @Test
  void afterTheLoginComesThePageThatWasAskedFor() {
    assertEquals("/runs?status=FAILED", LoginBacking.localAddress("/runs?status=FAILED"));
  }

  @Test
  void theLoginLeadsToNoOtherSite() {
    for (String lure :
        new String[] {
          "https://evil.example", "//evil.example", "/\\evil.example", "/\r\nX: 1", "", null
        }) {
      assertEquals("/", LoginBacking.localAddress(lure));
    }
  }
}
