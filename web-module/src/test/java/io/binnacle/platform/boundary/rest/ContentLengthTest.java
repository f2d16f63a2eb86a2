package io.binnacle.platform.boundary.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.binnacle.platform.entity.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentLengthTest {
  @Test
  void anAbsentHeaderIsWhatTheCallerSays() {
    assertEquals(-1, ContentLength.of(null, -1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"75", "75,75", "75, 75"})
  void aValueMayBeRepeated(String header) {
    assertEquals(75, ContentLength.of(header, 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "75,76", "75,", "99999999999999999999"})
  void anythingElseIsRefused(String header) {
    assertThrows(ProblemException.class, () -> ContentLength.of(header, 0));
  }
}
