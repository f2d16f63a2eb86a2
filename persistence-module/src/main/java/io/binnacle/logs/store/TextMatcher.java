package io.binnacle.logs.store;

import io.binnacle.logs.store.segment.Segment;
import io.binnacle.logs.store.segment.TextScan;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Finds the lines of a segment whose message contains a text or matches an expression. */
abstract class TextMatcher {
  private static final int MAX_PATTERN_CHARS = 1000;

  /** A text, byte for byte. */
  static TextMatcher literal(String text) {
    byte[] needle = text.getBytes(StandardCharsets.UTF_8);
    return new TextMatcher() {
      @Override
      void retain(Segment segment, BitSet lines, long deadline) {
        lines.and(linesWith(segment, lines, needle));
      }
    };
  }

  /** A text in any case, in all of Unicode. */
  static TextMatcher literalIgnoringCase(String text) {
    FoldedText folded = FoldedText.of(text);
    if (folded == null) {
      return literal(text);
    }
    return new TextMatcher() {
      @Override
      void retain(Segment segment, BitSet lines, long deadline) {
        lines.and(folded.linesWith(segment, lines));
      }
    };
  }

  /**
   * An expression of {@code java.util.regex}.
   *
   * @throws ProblemException {@code invalid_regex}
   */
  static TextMatcher regex(String regex, boolean ignoreCase) {
    if (regex.length() > MAX_PATTERN_CHARS) {
      throw ProblemException.limit(
          "regex", MAX_PATTERN_CHARS, "At most " + MAX_PATTERN_CHARS + " characters.");
    }
    try {
      int flags = ignoreCase ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0;
      Pattern pattern = Pattern.compile(regex, flags);
      String required = RequiredLiteral.of(regex);
      if (required == null) {
        return new PatternMatcher(pattern, null);
      }
      return new PatternMatcher(
          pattern, ignoreCase ? literalIgnoringCase(required) : literal(required));
    } catch (PatternSyntaxException e) {
      throw ProblemException.of(
          ProblemType.INVALID_REGEX, e.getDescription() + " near index " + e.getIndex() + ".");
    } catch (StackOverflowError e) {
      throw tooComplex();
    }
  }

  /**
   * Keeps those of the lines that match.
   *
   * @param deadline of {@link System#nanoTime()}
   * @throws DeadlineText.Passed when it passes meanwhile
   */
  abstract void retain(Segment segment, BitSet lines, long deadline);

  private static ProblemException tooComplex() {
    return ProblemException.of(
        ProblemType.INVALID_REGEX, "The expression is nested too deeply for these lines.");
  }

  private static BitSet linesWith(Segment segment, BitSet lines, byte[] needle) {
    BitSet found = new BitSet(segment.lines());
    int first = lines.nextSetBit(0);
    if (first < 0) {
      return found;
    }
    byte[] text = segment.text();
    int at = segment.textStart(first);
    int end = segment.textEnd(lines.length() - 1);
    while ((at = TextScan.indexOf(text, at, end, needle)) >= 0) {
      int line = segment.lineAt(at);
      // A needle with a line feed could reach from one message into the next.
      boolean inside = at + needle.length <= segment.textEnd(line);
      found.set(line, inside || found.get(line));
      at = inside ? segment.textEnd(line) + 1 : at + 1;
    }
    return found;
  }

  private static final class PatternMatcher extends TextMatcher {
    private final Pattern pattern;
    private final @Nullable TextMatcher required;

    /**
     * @param required a text without which nothing matches, or null
     */
    PatternMatcher(Pattern pattern, @Nullable TextMatcher required) {
      this.pattern = pattern;
      this.required = required;
    }

    @Override
    void retain(Segment segment, BitSet lines, long deadline) {
      if (required != null) {
        required.retain(segment, lines, deadline);
      }
      for (int i = lines.nextSetBit(0); i >= 0; i = lines.nextSetBit(i + 1)) {
        // Many short lines take as long as a long one, and none of them looks at the clock.
        DeadlineText.check(deadline);
        if (!finds(segment.message(i), deadline)) {
          lines.clear(i);
        }
      }
    }

    private boolean finds(String message, long deadline) {
      Matcher matcher = pattern.matcher(new DeadlineText(message, deadline));
      try {
        return matcher.find();
      } catch (StackOverflowError e) {
        throw tooComplex();
      }
    }
  }
}
