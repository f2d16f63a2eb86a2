package io.binnacle.logs.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.logs.entity.LineBuffer;
import io.binnacle.logs.store.segment.EncodedSegment;
import io.binnacle.logs.store.segment.Segment;
import io.binnacle.testing.TestLogs;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldMatcherTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "{\"items\":[{\"a\":1}]}                  | items.a   | 1",
        "{\"items\":[[{\"a\":[1]}],{\"b\":2},3]}  | items.a   | 1",
        "{\"items\":[[{\"a\":[1]}],{\"b\":2},3]}  | items.b   | 2",
        "{\"items\":[[{\"a\":[1]}],{\"b\":2},3]}  | items     | 3",
        "{\"n\":[1,[2,3]]}                        | n         | 3",
        "{\"n\":[1,[2,3]],\"m\":4}                | m         | 4",
        "{\"a\":{\"b\":{\"c\":\"x\"}},\"d\":\"y\"} | a.b.c    | x",
        "{\"a\":{\"b\":{\"c\":\"x\"}},\"d\":\"y\"} | d        | y",
        "{\"a\":{\"b\":1},\"a.b\":2}              | a.b       | 2",
        "{\"a\":{\"b\":1},\"a.b\":2}              | a.b       | 1",
        "{\"a\":{\"\":\"x\"}}                     | a.        | x",
        "{\"\":{\"a\":\"x\"}}                     | .a        | x",
        "{\"a\":null}                             | a         | null",
        "{\"a\":[true]}                           | a         | true",
        "{\"a\":\"\"}                             | a         | ``"
      },
      delimiter = '|')
  void aFieldHasItsValue(String fields, String name, String value) {
    assertTrue(has(fields, name, value));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "{\"items\":[{\"a\":1}]}     | a     | 1",
        "{\"items\":[{\"a\":1}]}     | items | 1",
        "{\"n\":[1,[2,3]]}           | n     | 4",
        "{\"a\":{\"b\":\"x\"},\"c\":[]} | b  | x",
        "{\"a\":[{\"b\":1}],\"c\":2} | a.c   | 2",
        "{\"\":{\"a\":\"x\"}}        | a     | x"
      },
      delimiter = '|')
  void anotherFieldHasNot(String fields, String name, String value) {
    assertFalse(has(fields, name, value));
  }

  @ParameterizedTest
  @CsvSource({
    "1e3, 1e3",
    "1e3, 1000",
    "1000, 1e3",
    "1.50, 1.5",
    "1.50, 1.50",
    "1E400, 1e400",
    "-0, 0",
    "0.0, 0",
    "100e-2, 1",
    "0.00012, 1.2e-4",
    "1e400, 10e399",
    "123456789012345678901234567890, 123456789012345678901234567890.0",
    "-5, -5.0"
  })
  void aNumberIsFoundAsItIsWrittenAndByEqualOnes(String stored, String wanted) {
    assertTrue(has("{\"x\":" + stored + "}", "x", wanted));
    assertTrue(has("{\"a\":{\"x\":[0.5,[" + stored + "]]}}", "a.x", wanted));
  }

  @ParameterizedTest
  @CsvSource({
    "1e3, 100",
    "1, -1",
    "10, 1",
    "12, 21",
    "0.1234567890123456789, 0.1234567890123456788",
    "1e400, 1e401"
  })
  void aNumberIsNotFoundByOthers(String stored, String wanted) {
    assertFalse(has("{\"x\":" + stored + "}", "x", wanted));
    assertFalse(has("{\"x\":[" + stored + "]}", "x", wanted));
  }

  @Test
  void aTextIsFoundOnlyAsItIs() {
    assertTrue(has("{\"x\":\"1e3\"}", "x", "1e3"));
    assertFalse(has("{\"x\":\"1e3\"}", "x", "1000"));
    assertTrue(has("{\"x\\\"\\n\":3}", "x\"\n", "3"));
  }

  @Test
  void whatIsEndlesslyLongOrDeepIsReadInItsStride() {
    String digits = "7".repeat(60_000);
    String deep = "[".repeat(30_000) + "3" + "]".repeat(30_000);
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          assertTrue(has("{\"x\":" + digits + "}", "x", digits));
          assertFalse(has("{\"x\":" + digits + "}", "x", "1e3"));
          assertFalse(has("{\"x\":1e9999999999}", "x", "1e3"));
          assertTrue(has("{\"x\":" + deep + "}", "x", "3"));
          assertTrue(has("{\"" + "k".repeat(60_000) + "\":1,\"x\":3}", "x", "3"));
        });
  }

  @Test
  void linesAreToldApart() {
    assertEquals(
        List.of(0, 3),
        linesWith("step", "30", "{\"step\":30}", "{\"step\":3}", "", "{\"step\":[1,3e1]}", "{}"));
  }

  private static boolean has(String fields, String name, String value) {
    return !linesWith(name, value, fields).isEmpty();
  }

  private static List<Integer> linesWith(String name, String value, String... fields) {
    LineBuffer lines = new LineBuffer();
    for (String of : fields) {
      TestLogs.add(lines, "INFO", 9, "sdk", 1, "m", of);
    }
    EncodedSegment encoded = TestLogs.encode(lines);
    Segment segment = Segment.open(encoded.payload(), encoded.checksum());
    BitSet found = new BitSet();
    found.set(0, fields.length);
    new FieldMatcher(name, value).retain(segment, found);
    return found.stream().boxed().toList();
  }
}
