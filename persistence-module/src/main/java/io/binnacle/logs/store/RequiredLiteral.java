package io.binnacle.logs.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds a text that every match of a regular expression must contain, so that a scan for it can
 * skip nearly all lines. Says "none" whenever it is not sure.
 */
final class RequiredLiteral {
  private static final String META = "\\^$.|?*+()[]{}";

  /**
   * A flag group changes what a letter means; a quotation has rules of its own; a bracket that
   * comes first in a class does not end it; a control character may be written with a meta
   * character.
   */
  private static final List<String> UNSURE = List.of("(?", "\\Q", "[]", "[^]", "\\c");

  private final String regex;
  private final StringBuilder run = new StringBuilder();
  private String best = "";
  private int at;

  private RequiredLiteral(String regex) {
    this.regex = regex;
  }

  /** The longest such text, or null. */
  static @Nullable String of(String regex) {
    return UNSURE.stream().anyMatch(regex::contains) ? null : new RequiredLiteral(regex).find();
  }

  private @Nullable String find() {
    while (at < regex.length()) {
      char c = regex.charAt(at);
      switch (c) {
        case '|' -> {
          return null;
        }
        case '(' -> {
          endRun();
          skipGroup();
        }
        case '[' -> {
          endRun();
          skipClass();
        }
        case '?', '*' -> {
          dropLast();
          at++;
        }
        case '{' -> {
          dropLast();
          skipTo('}');
        }
        case '+', '.', '^', '$' -> {
          endRun();
          at++;
        }
        case '\\' -> escape();
        default -> {
          run.append(c);
          at++;
        }
      }
    }
    endRun();
    return best.length() < 2 ? null : best;
  }

  /** A quantifier allows its character to be absent. */
  private void dropLast() {
    if (!run.isEmpty()) {
      int length = run.length();
      boolean pair =
          length > 1 && Character.isSurrogatePair(run.charAt(length - 2), run.charAt(length - 1));
      run.setLength(length - (pair ? 2 : 1));
    }
    endRun();
  }

  private void endRun() {
    if (run.length() > best.length()) {
      best = run.toString();
    }
    run.setLength(0);
  }

  private void escape() {
    char escaped = at + 1 < regex.length() ? regex.charAt(at + 1) : ' ';
    if (META.indexOf(escaped) >= 0 || "/-\"'#:,;=<>@!%&~`_".indexOf(escaped) >= 0) {
      run.append(escaped);
      at += 2;
    } else {
      endRun();
      // A class such as \d, or a code or reference such as \x41, \12 and \p{script=Han}, whose
      // characters must not be taken for text.
      at += 2;
      char next = at < regex.length() ? regex.charAt(at) : ' ';
      if (next == '{' && "xpPN".indexOf(escaped) >= 0) {
        skipTo('}');
      } else if (next == '<' && escaped == 'k') {
        skipTo('>');
      } else if ("xupP0123456789".indexOf(escaped) >= 0) {
        skipLettersAndDigits();
      }
    }
  }

  private void skipLettersAndDigits() {
    while (at < regex.length() && Character.isLetterOrDigit(regex.charAt(at))) {
      at++;
    }
  }

  private void skipGroup() {
    int depth = 0;
    while (at < regex.length()) {
      char c = regex.charAt(at);
      if (c == '\\') {
        at += 2;
      } else if (c == '[') {
        skipClass();
      } else {
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        at++;
        if (depth == 0) {
          return;
        }
      }
    }
  }

  private void skipClass() {
    int depth = 0;
    while (at < regex.length()) {
      char c = regex.charAt(at);
      at += c == '\\' ? 2 : 1;
      depth += c == '[' ? 1 : c == ']' ? -1 : 0;
      if (depth == 0) {
        return;
      }
    }
  }

  private void skipTo(char end) {
    int found = regex.indexOf(end, at);
    at = found < 0 ? regex.length() : found + 1;
  }
}
