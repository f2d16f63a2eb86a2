package io.binnacle.logs.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.logs.entity.LineBuffer;
import io.binnacle.logs.entity.LogFilter;
import io.binnacle.logs.entity.SegmentInfo;
import io.binnacle.logs.store.segment.EncodedSegment;
import io.binnacle.logs.store.segment.Segment;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import io.binnacle.testing.TestLogs;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LineMatcherTest {
  private final LineBuffer lines = new LineBuffer();

  @Test
  void aTextIsFoundInItsLinesAndNotAcrossThem() {
    add("ab", "cd\nef", "xabx", "", "abab");

    assertEquals(List.of(0, 2, 4), search("ab", false));
    assertEquals(List.of(1), search("d\ne", false));
    assertEquals(List.of(), search("b\nc", false));
    assertEquals(List.of(), search("AB", false));
  }

  @Test
  void aTextIsFoundInAnyCaseOfUnicode() {
    add("Straße", "ÉCOLE", "école", "ПРИВЕТ", "kelvin", "\u212Aelvin", "plain Error", "ſtop");

    assertEquals(List.of(1, 2), search("École", true));
    assertEquals(List.of(3), search("привет", true));
    assertEquals(List.of(4, 5), search("KELVIN", true));
    assertEquals(List.of(6), search("ERROR", true));
    assertEquals(List.of(7), search("STOP", true));
  }

  @Test
  void aSearchFindsWhatANaiveOneFinds() {
    Random random = new Random(45);
    for (int round = 0; round < 200; round++) {
      lines.clear();
      String[] messages = new String[1 + random.nextInt(60)];
      for (int i = 0; i < messages.length; i++) {
        messages[i] = text(random, random.nextInt(12));
      }
      add(messages);
      String wanted = text(random, 1 + random.nextInt(3));
      String lower = wanted.toLowerCase(Locale.ROOT);

      assertEquals(
          IntStream.range(0, messages.length)
              .filter(i -> messages[i].contains(wanted))
              .boxed()
              .toList(),
          search(wanted, false));
      assertEquals(
          IntStream.range(0, messages.length)
              .filter(i -> messages[i].toLowerCase(Locale.ROOT).contains(lower))
              .boxed()
              .toList(),
          search(wanted, true));
    }
  }

  @Test
  void anExpressionFindsWhatTheRegexEngineFinds() {
    add("epoch 12 loss=0.5", "Epoch 3 loss=1", "epoch x", "two\nepoch 7", "loss=nan]", "");
    for (String regex :
        List.of("epoch \\d+", "^epoch", "loss=\\d$", "(a|e)poch", "[]x]$", "^$", "(?m)^epoch 7")) {
      for (boolean ignoreCase : List.of(false, true)) {
        Pattern pattern =
            Pattern.compile(
                regex, ignoreCase ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0);
        Segment segment = segment();
        assertEquals(
            IntStream.range(0, lines.lines())
                .filter(i -> pattern.matcher(segment.message(i)).find())
                .boxed()
                .toList(),
            regex(regex, ignoreCase),
            regex + " " + ignoreCase);
      }
    }
  }

  @Test
  void linesBeforeTheSegmentAreNotFound() {
    add("a", "b");

    assertEquals(
        new BitSet(),
        new LineMatcher(filter("a", null, false)).match(segment(), 0, -3, Long.MAX_VALUE));
  }

  @Test
  void anExpressionThatBacktracksForEverStopsAtItsDeadline() {
    add("a".repeat(40) + "b");
    LineMatcher matcher = new LineMatcher(filter(null, "(a|aa)+\\1$", false));
    long begin = System.nanoTime();

    assertNull(matcher.match(segment(), 0, 1, begin + TimeUnit.MILLISECONDS.toNanos(50)));
    assertTrue(System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(5));
  }

  @Test
  void anExpressionThatIsNoneIsRefused() {
    ProblemException refused =
        assertThrows(
            ProblemException.class, () -> new LineMatcher(filter(null, "(unclosed", false)));
    assertEquals(ProblemType.INVALID_REGEX, refused.type());

    assertThrows(
        ProblemException.class, () -> new LineMatcher(filter(null, "x".repeat(1_001), false)));
  }

  @Test
  void anExpressionThatOverflowsTheStackIsRefused() {
    add("ab".repeat(30_000));

    assertThrows(ProblemException.class, () -> regex("(a|b)*c", false));
  }

  @Test
  void levelsSourcesAndTimesNarrowTheLines() {
    line("DEBUG", 5, "stdout", 10, "a", "");
    line("ERROR", 17, "stderr", 20, "b", "");
    line("NOTE", 9, "stdout", 30, "c", "");

    assertEquals(List.of(1), matches(names(Set.of("ERROR"), 1, Set.of())));
    assertEquals(List.of(1, 2), matches(names(Set.of(), 9, Set.of())));
    assertEquals(List.of(2), matches(names(Set.of(), 9, Set.of("stdout"))));
    assertEquals(List.of(1), matches(times(20L, 30L)));
    assertEquals(List.of(0), matches(times(null, 20L)));
    assertEquals(List.of(1, 2), matches(times(11L, null)));
  }

  @Test
  void metadataRuleASegmentOutOnlyWhenNoLinePasses() {
    line("DEBUG", 5, "stdout", 10, "a", "");
    line("ERROR", 17, "stderr", 20, "b", "");

    assertTrue(mayMatch(names(Set.of("ERROR"), 1, Set.of("stdout"))));
    assertTrue(mayMatch(names(Set.of(), 17, Set.of())));
    assertFalse(mayMatch(names(Set.of(), 18, Set.of())));
    assertFalse(mayMatch(names(Set.of("INFO"), 1, Set.of())));
    assertFalse(mayMatch(names(Set.of(), 1, Set.of("user"))));
    assertTrue(mayMatch(times(20L, null)));
    assertFalse(mayMatch(times(21L, null)));
    assertTrue(mayMatch(times(null, 11L)));
    assertFalse(mayMatch(times(null, 10L)));
  }

  @Test
  void fieldsAreComparedAsText() {
    line("INFO", 9, "sdk", 1, "a", "{\"step\":3,\"name\":\"x y\",\"ok\":true}");
    line("INFO", 9, "sdk", 1, "b", "{\"step\":30,\"nested\":{\"step\":3}}");
    line("INFO", 9, "sdk", 1, "c", "");

    assertEquals(List.of(0), matches(field("step", "3")));
    assertEquals(List.of(0), matches(field("name", "x y")));
    assertEquals(List.of(0), matches(field("ok", "true")));
    assertEquals(List.of(), matches(field("missing", "3")));
  }

  @Test
  void onlyTheLinesOfTheRangeAreLookedAt() {
    add("x", "x", "x", "x");
    LineMatcher matcher = new LineMatcher(filter("x", null, false));

    assertEquals(
        List.of(1, 2),
        present(matcher.match(segment(), 1, 3, deadline())).stream().boxed().toList());
    assertTrue(present(matcher.match(segment(), 3, 3, deadline())).isEmpty());
  }

  private List<Integer> search(String text, boolean ignoreCase) {
    return matches(filter(text, null, ignoreCase));
  }

  private List<Integer> regex(String regex, boolean ignoreCase) {
    return matches(filter(null, regex, ignoreCase));
  }

  private List<Integer> matches(LogFilter filter) {
    return present(new LineMatcher(filter).match(segment(), 0, lines.lines(), deadline())).stream()
        .boxed()
        .toList();
  }

  private static <T> T present(@Nullable T value) {
    if (value == null) {
      throw new AssertionError("The deadline passed");
    }
    return value;
  }

  private static long deadline() {
    return System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
  }

  private boolean mayMatch(LogFilter filter) {
    EncodedSegment encoded = TestLogs.encode(lines);
    return new LineMatcher(filter)
        .mayMatch(
            new SegmentInfo(
                1,
                1,
                encoded.lines(),
                0,
                encoded.minTime(),
                encoded.maxTime(),
                encoded.severityMask(),
                encoded.levelCounts(),
                encoded.sourceCounts(),
                encoded.rawBytes(),
                0,
                encoded.payload().length,
                encoded.checksum()));
  }

  private Segment segment() {
    EncodedSegment encoded = TestLogs.encode(lines);
    return Segment.open(encoded.payload(), encoded.checksum());
  }

  private void add(String... messages) {
    for (String message : messages) {
      line("INFO", 9, "stdout", 1, message, "");
    }
  }

  private void line(
      String level, int severity, String source, long time, String message, String fields) {
    TestLogs.add(lines, level, severity, source, time, message, fields);
  }

  private static String text(Random random, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append("aAbBéÉ1\n".charAt(random.nextInt(8)));
    }
    return text.toString();
  }

  private static LogFilter filter(
      @Nullable String search, @Nullable String regex, boolean ignoreCase) {
    return new LogFilter(Set.of(), 1, Set.of(), search, regex, ignoreCase, Map.of(), null, null);
  }

  private static LogFilter names(Set<String> levels, int minSeverity, Set<String> sources) {
    return new LogFilter(levels, minSeverity, sources, null, null, false, Map.of(), null, null);
  }

  private static LogFilter times(@Nullable Long start, @Nullable Long end) {
    return new LogFilter(Set.of(), 1, Set.of(), null, null, false, Map.of(), start, end);
  }

  private static LogFilter field(String name, String value) {
    return new LogFilter(Set.of(), 1, Set.of(), null, null, false, Map.of(name, value), null, null);
  }
}
