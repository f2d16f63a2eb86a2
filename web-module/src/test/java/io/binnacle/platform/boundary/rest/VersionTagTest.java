package io.binnacle.platform.boundary.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionTagTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"7\"|true",
        "7|true",
        "*|true",
        "\"1\", \"7\"|true",
        "W/\"1\",\"7\"|true",
        "\"17\"|false",
        "W/\"7\", \"1\"|false"
      })
  void aVersionIsFoundAmongThoseThatTheCallerSaw(String ifMatch, boolean found) {
    assertEquals(found, VersionTag.required(ifMatch).include(7));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "W/\"7\"", "\"99999999999999999999\""})
  void whatWasNeverMadeHereFails(String ifMatch) {
    assertEquals(
        ProblemType.PRECONDITION_FAILED,
        assertThrows(ProblemException.class, () -> VersionTag.required(ifMatch)).type());
  }

  @Test
  void withoutTheHeaderNothingIsChanged() {
    assertEquals(
        ProblemType.PRECONDITION_REQUIRED,
        assertThrows(ProblemException.class, () -> VersionTag.required(null)).type());
  }
}
