package io.binnacle.logs.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.binnacle.logs.entity.LineBuffer;
import io.binnacle.logs.store.segment.EncodedSegment;
import io.binnacle.logs.store.segment.Segment;
import io.binnacle.testing.TestLogs;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FoldedTextTest {
  private static final int FORMS_IN_CASE = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;

  private final Random random = new Random(46);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "k",
        "s",
        "i",
        "ks",
        "sk",
        "is",
        "kis",
        "disk",
        "RISK",
        "fix",
        "skip",
        "Stop",
        "e",
        "E:",
        ":e",
        "x",
        "a b",
        "a\nb",
        "ö",
        "Ö",
        "größe",
        "Maße",
        "ẞß",
        "İstanbul",
        "ısı",
        "ijssel",
        "ошибка",
        "Ж",
        "ΣΑΣ",
        "ς",
        "θάλασσα",
        "Ω",
        "\u2126",
        "å",
        "\u212b",
        "\u212aelvin",
        "ſ",
        "µs",
        "損失 ok",
        "損i",
        "Ⱥ",
        "ⱥ",
        "ÿ",
        "ა",
        "Ა",
        "ａｂ",
        "\ud801\udc28",
        "x\ud801\udc00",
        "e\u0301",
        "\u0345",
        "ǆ",
        "ﬀi",
        "ᲂ",
        "ꙋ",
        "ꭰ"
      })
  void aTextIsFoundWhereTheRegexEngineFindsIt(String needle) {
    List<String> messages = new ArrayList<>(List.of("", needle, needle + needle));
    for (int i = 0; i < 400; i++) {
      messages.add(noise() + (i % 2 == 0 ? inOtherForms(needle) : nearly(needle)) + noise());
    }
    Pattern pattern = Pattern.compile(Pattern.quote(needle), FORMS_IN_CASE);
    List<Integer> expected =
        IntStream.range(0, messages.size())
            .filter(i -> pattern.matcher(messages.get(i)).find())
            .boxed()
            .toList();

    assertEquals(expected, linesWith(needle, messages));
  }

  @Test
  void theSharpSIsFoundInBothItsForms() {
    assertEquals(List.of(0, 1), linesWith("ß", List.of("Maß", "MAẞ", "Mass")));
    assertEquals(List.of(0, 1), linesWith("ẞ", List.of("Maß", "MAẞ", "Mass")));
  }

  @Test
  void aTextIsFoundInALogOfItsOwnScript() {
    for (String needle : List.of("ошибка", "θάλασσα", "გამარჯობა", "damaged disk")) {
      List<String> messages = new ArrayList<>();
      List<Integer> expected = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        String near = (nearly(needle) + " " + nearly(needle)).repeat(3);
        boolean has = Pattern.compile(Pattern.quote(needle), FORMS_IN_CASE).matcher(near).find();
        messages.add(i % 7 == 0 ? near + inOtherForms(needle) : near);
        if (has || i % 7 == 0) {
          expected.add(i);
        }
      }
      assertEquals(expected, linesWith(needle, messages), needle);
    }
  }

  @Test
  void aTextIsNotFoundAcrossTwoMessages() {
    assertEquals(List.of(2), linesWith("k\ni", List.of("k", "i", "K\nİ")));
  }

  @Test
  void aTextWithOneFormOnlyIsLookedForAsItIs() {
    assertNull(FoldedText.of("損失"));
    assertNull(FoldedText.of("12:30 🚀"));
  }

  @Test
  void everyCharacterHasItsForms() {
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      int wanted = c;
      int folded = CaseForms.fold(c);
      if (folded != c) {
        assertEquals(folded, CaseForms.fold(folded));
        assertEquals(1, IntStream.of(CaseForms.of(folded)).filter(form -> form == wanted).count());
      }
    }
    assertArrayEquals(new int[] {'I', 'i', 0x130, 0x131}, CaseForms.of('i'));
    assertArrayEquals(new int[] {'1'}, CaseForms.of('1'));
  }

  private static List<Integer> linesWith(String needle, List<String> messages) {
    LineBuffer lines = new LineBuffer();
    messages.forEach(message -> TestLogs.add(lines, 1, message));
    EncodedSegment encoded = TestLogs.encode(lines);
    Segment segment = Segment.open(encoded.payload(), encoded.checksum());
    BitSet all = new BitSet();
    all.set(0, messages.size());
    FoldedText text = FoldedText.of(needle);
    return text == null ? List.of() : text.linesWith(segment, all).stream().boxed().toList();
  }

  private String inOtherForms(String text) {
    return mapped(
        text,
        c -> {
          int[] forms = CaseForms.of(c);
          return Character.toString(forms[random.nextInt(forms.length)]);
        });
  }

  /** The text with one character changed or left out, mostly. */
  private String nearly(String text) {
    int at = random.nextInt(text.codePointCount(0, text.length()));
    int[] seen = {0};
    return mapped(
        inOtherForms(text),
        c ->
            seen[0]++ != at
                ? Character.toString(c)
                : random.nextBoolean()
                    ? ""
                    : Character.toString((c ^ 1 << random.nextInt(6)) & 0xff));
  }

  private String noise() {
    String[] signs = {
      "k", "K", "\u212a", "ſ", "ı", "İ", "™", "█", "ö", "ж", "損", "🚀", " ", "e", "ſs", ""
    };
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      text.append(signs[random.nextInt(signs.length)]);
    }
    return text.toString();
  }

  private static String mapped(String text, IntFunction<String> map) {
    return text.codePoints().mapToObj(map).reduce("", String::concat);
  }
}
