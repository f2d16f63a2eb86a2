package io.binnacle.logs.store;

import java.util.Collections;

/**
 * Question marks for lists of values. Their number is rounded up, so that few different statements
 * are prepared and the databases and drivers find them in their caches; the rest repeats a value.
 */
final class Marks {
  private Marks() {}

  /** How many marks a list of so many values gets: the next power of two. */
  static int rounded(int values) {
    return values <= 1 ? 1 : Integer.highestOneBit(values - 1) << 1;
  }

  /** A mark so many times, with commas. */
  static String of(int count, String mark) {
    return String.join(", ", Collections.nCopies(count, mark));
  }
}
