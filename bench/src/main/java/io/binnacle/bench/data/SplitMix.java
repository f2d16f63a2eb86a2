package io.binnacle.bench.data;

/** A small, fast and repeatable source of random numbers (SplitMix64). */
final class SplitMix {
  private long state;

  SplitMix(long seed) {
    state = seed;
  }

  long next() {
    state += 0x9E3779B97F4A7C15L;
    long mixed = state;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }

  /** A number from 0 (included) to the bound (excluded). */
  int below(int bound) {
    return (int) ((next() >>> 1) % bound);
  }

  /** A number from 0 (included) to 1 (excluded). */
  double unit() {
    return (next() >>> 11) * 0x1.0p-53;
  }

  <T> T oneOf(T[] choices) {
    return choices[below(choices.length)];
  }
}
