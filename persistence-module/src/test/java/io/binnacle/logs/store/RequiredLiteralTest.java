package io.binnacle.logs.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;

class RequiredLiteralTest {
  @Test
  void theLongestTextThatEveryMatchContainsIsFound() {
    assertEquals("epoch ", RequiredLiteral.of("epoch \\d+"));
    assertEquals("loss=", RequiredLiteral.of("^(a|b)+loss=\\d\\.\\d$"));
    assertEquals("file.py", RequiredLiteral.of("file\\.py"));
    assertEquals("ab", RequiredLiteral.of("abc?d"));
    assertEquals("rror", RequiredLiteral.of("[Ee]rror"));
    assertEquals("日本", RequiredLiteral.of("日本.*"));
  }

  @Test
  void nothingIsRequiredWhereItIsNotSure() {
    assertNull(RequiredLiteral.of("error|warning"));
    assertNull(RequiredLiteral.of("(?i)error"));
    assertNull(RequiredLiteral.of("\\Qa*b\\E"));
    assertNull(RequiredLiteral.of("[abc]"));
    assertNull(RequiredLiteral.of(".*"));
    assertNull(RequiredLiteral.of("(error)?"));
    assertNull(RequiredLiteral.of("\\x41\\u0042\\d"));
  }

  @Test
  void aBracketThatComesFirstInAClassDoesNotEndIt() {
    assertNull(RequiredLiteral.of("[]abc]"));
    assertNull(RequiredLiteral.of("[^]abc]"));
  }

  @Test
  void aReferenceToAGroupTakesItsDigitsWithIt() {
    assertNull(RequiredLiteral.of("(a)\\1234"));
  }

  @Test
  void theNameOfACharacterOrClassIsNoText() {
    assertNull(RequiredLiteral.of("\\p{script=Han}"));
    assertNull(RequiredLiteral.of("\\N{LATIN SMALL LETTER A}"));
    assertNull(RequiredLiteral.of("(a)\\c[|b"));
    assertEquals("ms", RequiredLiteral.of("\\x{1F680}ms"));
  }

  @Test
  void aPairOfSurrogatesIsOneCharacterForAQuantifier() {
    assertEquals("ab", RequiredLiteral.of("ab🚀?"));
  }

  @Test
  void whateverMatchesContainsIt() {
    Random random = new Random(44);
    int required = 0;
    int matches = 0;
    for (int i = 0; i < 100_000; i++) {
      String regex = regex(random, 3);
      Pattern pattern;
      try {
        pattern = Pattern.compile(regex);
      } catch (PatternSyntaxException e) {
        continue;
      }
      String literal = RequiredLiteral.of(regex);
      if (literal == null) {
        continue;
      }
      required++;
      for (int j = 0; j < 5; j++) {
        Matcher matcher = pattern.matcher(text(random));
        if (matcher.find()) {
          matches++;
          assertTrue(matcher.group().contains(literal), regex + " in " + matcher.group());
        }
      }
    }
    assertTrue(required > 1_000 && matches > 1_000, required + " with " + matches + " matches");
  }

  private static String regex(Random random, int depth) {
    StringBuilder regex = new StringBuilder();
    String[] atoms = {
      "a",
      "b",
      "ab",
      "ba",
      "\\.",
      "\\d",
      "\\w",
      "[ab]",
      "[^a]",
      "[]ab]",
      "[a[b]]",
      ".",
      "\\n",
      "1",
      "\\p{script=Latin}",
      "\\x61"
    };
    String[] quantifiers = {"", "", "", "", "?", "*", "+", "{0,2}", "{2}", "??", "+?", "*+"};
    for (int left = 1 + random.nextInt(4); left > 0; left--) {
      boolean group = depth > 0 && random.nextInt(5) == 0;
      regex.append(
          group ? "(" + regex(random, depth - 1) + ")" : atoms[random.nextInt(atoms.length)]);
      regex.append(quantifiers[random.nextInt(quantifiers.length)]);
      if (random.nextInt(25) == 0) {
        regex.append('|');
      }
    }
    return regex.toString();
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int left = random.nextInt(20); left > 0; left--) {
      text.append("aabb.1]\n".charAt(random.nextInt(8)));
    }
    return text.toString();
  }
}
