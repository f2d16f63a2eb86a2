package io.binnacle.logs.store;

/**
 * A text that stops whoever reads it too long. {@code java.util.regex} backtracks: a few nested
 * quantifiers take longer than the universe, and nothing else can interrupt it.
 */
final class DeadlineText implements CharSequence {
  /** Looking at the clock for every character would cost more than the match. */
  private static final int CHECK_EVERY = 4096;

  private final CharSequence text;
  private final long deadline;
  private int reads;

  /** That the deadline has passed. */
  static final class Passed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Passed() {
      super("The deadline has passed", null, false, false);
    }
  }

  /**
   * @param deadline of {@link System#nanoTime()}
   */
  DeadlineText(CharSequence text, long deadline) {
    this.text = text;
    this.deadline = deadline;
  }

  @Override
  public char charAt(int index) {
    if (++reads == CHECK_EVERY) {
      reads = 0;
      check(deadline);
    }
    return text.charAt(index);
  }

  /**
   * Looks at the clock.
   *
   * @throws Passed when the deadline has passed
   */
  static void check(long deadline) {
    if (System.nanoTime() - deadline > 0) {
      throw new Passed();
    }
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return new DeadlineText(text.subSequence(start, end), deadline);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
