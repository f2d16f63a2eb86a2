package io.binnacle.platform.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;

class BuildInfoTest {
  @Test
  void aPlaceholderThatNobodyFilledIsUnknown() {
    assertEquals("unknown", BuildInfo.known("${git.commit.id.describe}"));
    assertEquals("4f3a", BuildInfo.known("4f3a"));
  }

  @Test
  void thisBuildTellsItsVersion() {
    assertFalse(BuildInfo.current().version().contains("$"));
  }
}
