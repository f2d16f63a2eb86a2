package io.binnacle.logs.store;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The forms of characters that differ only in case, as {@code java.util.regex} sees them with
 * {@code UNICODE_CASE}: those with the same lower case of their upper case. K has three (with the
 * Kelvin sign), I has four (with the Turkish ones), σ has three.
 */
final class CaseForms {
  /** Beyond the first two planes no script has cases. */
  private static final int LIMIT = 0x2_0000;

  private static final Map<Integer, int[]> SEVERAL = several();

  private CaseForms() {}

  /** What all forms of a character have in common. */
  static int fold(int codePoint) {
    return Character.toLowerCase(Character.toUpperCase(codePoint));
  }

  /** All forms of a character, itself among them. */
  static int[] of(int codePoint) {
    int[] forms = SEVERAL.get(fold(codePoint));
    return forms == null ? new int[] {codePoint} : forms;
  }

  private static Map<Integer, int[]> several() {
    Map<Integer, Set<Integer>> forms = new HashMap<>();
    for (int c = 0; c < LIMIT; c++) {
      int folded = fold(c);
      if (folded != c) {
        forms.computeIfAbsent(folded, f -> new TreeSet<>(Set.of(f))).add(c);
      }
    }
    return forms.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                entry -> entry.getValue().stream().mapToInt(Integer::intValue).toArray()));
  }
}
