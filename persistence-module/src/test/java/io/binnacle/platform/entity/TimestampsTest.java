package io.binnacle.platform.entity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-21T08:15:30Z",
        "2026-11-21T08:15:30.1Z",
        "2026-11-21T08:15:30.123456789Z",
        "2026-11-21T08:15:30.123456+05:30",
        "1900-02-28T23:59:59-08:00",
        "2100-12-31T00:00:00Z",
        "2024-02-29T12:00:00z"
      })
  void readsWhatJavaReads(String text) {
    assertEquals(Times.nanos(OffsetDateTime.parse(text).toInstant()), parse(text));
  }

  @Test
  void readsTheFormOfPythonsStr() {
    assertEquals(parse("2026-11-21T08:15:30.5+00:00"), parse("2026-11-21 08:15:30.5+00:00"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "yesterday",
        "2026-11-21",
        "2026-11-21T08:15:30",
        "2026-11-21T24:00:00Z",
        "2026-02-30T00:00:00Z",
        "2026-11-21T08:15:30.Z",
        "2026-11-21T08:15:30.1234567890Z",
        "2026-11-21T08:15:30+99:00",
        "9999-12-31T00:00:00Z",
        "2026-11-21T08:15:30.1Zgarbage",
        "२०२६-11-21T08:15:30Z"
      })
  void refusesWhatIsNoTime(String text) {
    assertEquals(Timestamps.INVALID, parse(text));
  }

  @Test
  void aDayThatWasRefusedIsNotRememberedForTheNextLine() {
    Timestamps timestamps = new Timestamps();
    char[] bad = "2026-13-01T00:00:00Z".toCharArray();
    assertEquals(Timestamps.INVALID, timestamps.parse(bad, 0, bad.length));
    assertEquals(Timestamps.INVALID, timestamps.parse(bad, 0, bad.length));
  }

  @Test
  void readsSecondsSince1970ToTheNanosecond() {
    assertEquals(1_700_000_000_123_456_789L, Timestamps.ofNumber("1700000000.123456789"));
    assertEquals(-1_000_000_000L, Timestamps.ofNumber("-1"));
  }

  @Test
  void readsSecondsAsJavaWritesItsDoubles() {
    assertEquals(1_700_006_000_100_000_000L, Timestamps.ofNumber("1.7000060001E9"));
    assertEquals(1_700_000_000_000_000_000L, Timestamps.ofNumber("17e+8"));
    assertEquals(0, Timestamps.ofNumber("1e-99"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e999999999", "1e99", "1e-999", "99999999999999", "-99999999999999"})
  void refusesNumbersOutsideTheRange(String number) {
    assertEquals(Timestamps.INVALID, Timestamps.ofNumber(number));
  }

  private static long parse(String text) {
    return new Timestamps().parse(text.toCharArray(), 0, text.length());
  }
}
