package io.binnacle.platform.entity;

/**
 * Text without halves of characters. JSON can name one half of a surrogate pair ({@code \ud800}),
 * which UTF-8 can't say: it becomes U+FFFD, the sign for what could not be read.
 */
public final class WellFormed {
  private static final char REPLACEMENT = '\ufffd';

  private WellFormed() {}

  /** The text, or one in which every half has been replaced. */
  public static String text(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        char[] chars = text.toCharArray();
        repair(chars, i, chars.length - i);
        return new String(chars);
      }
    }
    return text;
  }

  /** Replaces every half among some characters; none may begin or end with a part of a pair. */
  public static void repair(char[] chars, int from, int length) {
    int end = from + length;
    for (int i = from; i < end; i++) {
      char c = chars[i];
      if (!Character.isSurrogate(c)) {
        continue;
      }
      if (Character.isHighSurrogate(c) && i + 1 < end && Character.isLowSurrogate(chars[i + 1])) {
        i++;
      } else {
        chars[i] = REPLACEMENT;
      }
    }
  }
}
