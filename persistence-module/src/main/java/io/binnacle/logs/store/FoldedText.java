package io.binnacle.logs.store;

import io.binnacle.logs.store.segment.ByteClass;
import io.binnacle.logs.store.segment.BytePairs;
import io.binnacle.logs.store.segment.Segment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A text that is looked for in any case, in all of Unicode. One of its characters is looked for in
 * all its forms at once, the one that seems rarest in the segment; where it stands, the others are
 * compared. So it costs little more than a text as it is, whatever its letters.
 */
final class FoldedText {
  /** Bytes of a segment that are counted to find what is rare in it. */
  private static final int SAMPLES = 512;

  private static final int MAX_ANCHORS = 24;

  /** A character of the text by which the whole is found: its index, and two bytes of its forms. */
  private record Anchor(int index, BytePairs pairs) {}

  private final int[] folded;
  private final List<Anchor> anchors = new ArrayList<>();

  private FoldedText(int[] characters) {
    this.folded = Arrays.stream(characters).map(CaseForms::fold).toArray();
    for (int i = 0; i < folded.length && anchors.size() < MAX_ANCHORS; i++) {
      addAnchor(i, characters);
    }
    if (anchors.isEmpty()) {
      anchors.add(new Anchor(0, Forms.of(characters[0]).pairs(null)));
    }
  }

  /**
   * Makes a text ready.
   *
   * @param text at least one character
   * @return null when it has only one form: it is found faster as it is
   */
  static @Nullable FoldedText of(String text) {
    int[] characters = text.codePoints().toArray();
    return Arrays.stream(characters).allMatch(c -> CaseForms.of(c).length == 1)
        ? null
        : new FoldedText(characters);
  }

  /** Those of the lines whose message has the text. */
  BitSet linesWith(Segment segment, BitSet lines) {
    BitSet found = new BitSet(segment.lines());
    int first = lines.nextSetBit(0);
    if (first < 0) {
      return found;
    }
    byte[] text = segment.text();
    int begin = segment.textStart(first);
    int end = segment.textEnd(lines.length() - 1);
    Anchor anchor = rarest(text, begin, end);
    int at = begin;
    while ((at = anchor.pairs().indexIn(text, at, end)) >= 0) {
      // A character beyond ASCII is found by its last two bytes.
      int after = text[at] >= 0 ? at + 1 : at + 2;
      int start = startOf(text, begin, after, anchor.index());
      int stop = start < 0 ? -1 : endOf(text, after, end, anchor.index() + 1);
      at++;
      if (stop >= 0) {
        int line = segment.lineAt(start);
        // A text with a line feed could reach from one message into the next.
        if (stop <= segment.textEnd(line)) {
          found.set(line);
          at = segment.textEnd(line) + 1;
        }
      }
    }
    return found;
  }

  /** Where the text up to a character begins, when that character ends here; -1 when it doesn't. */
  private int startOf(byte[] text, int begin, int after, int index) {
    int at = after;
    for (int i = index; i >= 0; i--) {
      int end = at;
      do {
        if (--at < begin) {
          return -1;
        }
      } while ((text[at] & 0xc0) == 0x80);
      if (at + size(text[at]) != end || foldedAt(text, at) != folded[i]) {
        return -1;
      }
    }
    return at;
  }

  /** Where the text from a character on ends, when that character begins here; -1 otherwise. */
  private int endOf(byte[] text, int from, int end, int index) {
    int at = from;
    for (int i = index; i < folded.length; i++) {
      if (at >= end || (text[at] & 0xc0) == 0x80 || foldedAt(text, at) != folded[i]) {
        return -1;
      }
      at += size(text[at]);
    }
    return at;
  }

  private static int foldedAt(byte[] text, int at) {
    byte b = text[at];
    if (b >= 0) {
      return b >= 'A' && b <= 'Z' ? b | 0x20 : b;
    }
    int size = size(b);
    int c = b & 0x7f >> size;
    for (int i = 1; i < size; i++) {
      c = c << 6 | text[at + i] & 0x3f;
    }
    return CaseForms.fold(c);
  }

  /** Bytes of a character, by its first. */
  private static int size(byte first) {
    return first >= 0 ? 1 : (first & 0xe0) == 0xc0 ? 2 : (first & 0xf0) == 0xe0 ? 3 : 4;
  }

  private Anchor rarest(byte[] text, int begin, int end) {
    Anchor best = anchors.get(0);
    if (anchors.size() == 1) {
      return best;
    }
    int[] counts = new int[256];
    int step = Math.max(1, (end - begin) / SAMPLES);
    for (int i = begin; i < end; i += step) {
      counts[text[i] & 0xff]++;
    }
    long least = Long.MAX_VALUE;
    for (Anchor anchor : anchors) {
      long frequency = anchor.pairs().frequency(counts);
      if (frequency < least) {
        least = frequency;
        best = anchor;
      }
    }
    return best;
  }

  /** A character that is one byte is told by the first of the next; the last one has no next. */
  private void addAnchor(int index, int[] characters) {
    boolean last = index + 1 == characters.length;
    Forms forms = Forms.of(characters[index]);
    if (!last || forms.size() > 1) {
      anchors.add(new Anchor(index, forms.pairs(last ? null : Forms.of(characters[index + 1]))));
    }
  }

  /** The forms of a character in UTF-8: those with the fewest bytes, and the others. */
  private record Forms(List<byte[]> usual, List<byte[]> rare) {
    static Forms of(int character) {
      List<byte[]> all =
          Arrays.stream(CaseForms.of(character))
              .mapToObj(form -> Character.toString(form).getBytes(StandardCharsets.UTF_8))
              .toList();
      int shortest = all.stream().mapToInt(form -> form.length).min().orElseThrow();
      return new Forms(
          all.stream().filter(form -> form.length == shortest).toList(),
          all.stream().filter(form -> form.length > shortest).toList());
    }

    int size() {
      return usual.get(0).length;
    }

    /** What to look for: the last two bytes, or the only one and the first of the next. */
    BytePairs pairs(@Nullable Forms following) {
      ByteClass rareFirst = bytes(rare, form -> form[form.length - 2]);
      ByteClass rareNext = bytes(rare, form -> form[form.length - 1]);
      if (size() > 1) {
        ByteClass first = bytes(usual, form -> form[form.length - 2]);
        ByteClass next = bytes(usual, form -> form[form.length - 1]);
        return new BytePairs(first, next, ByteClass.NONE, rareFirst, rareNext);
      }
      ByteClass only = bytes(usual, form -> form[0]);
      if (following == null) {
        return new BytePairs(only, ByteClass.ANY, ByteClass.NONE, rareFirst, rareNext);
      }
      ByteClass next = bytes(following.usual, form -> form[0]);
      ByteClass otherNext = bytes(following.rare, form -> form[0]);
      return new BytePairs(only, next, otherNext, rareFirst, rareNext);
    }

    private static ByteClass bytes(List<byte[]> forms, ToIntFunction<byte[]> one) {
      return ByteClass.of(forms.stream().mapToInt(one).toArray());
    }
  }
}
