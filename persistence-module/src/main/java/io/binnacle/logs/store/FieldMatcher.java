package io.binnacle.logs.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.binnacle.logs.store.segment.Segment;
import io.binnacle.logs.store.segment.TextScan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds the lines whose fields have a value. A dot in the name goes into an object, unless a field
 * has the whole name. Arrays are transparent: what an item has, however deep in arrays, the field
 * has. A number has the value when it is written so or is equal to it.
 */
final class FieldMatcher {
  /** What was stored is read, whatever its lengths: the limits were those of its receipt. */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          // Names are the senders' own: kept for all later lines, they would fill the memory.
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private final String name;
  private final String value;
  private final @Nullable DecimalText number;

  /** What the fields of a line that passes hold: the end of the name, or for a text the value. */
  private final byte[] literal;

  FieldMatcher(String name, String value) {
    this.name = name;
    this.value = value;
    this.number = DecimalText.of(value);
    this.literal = number == null ? quoted(value) : nameBeforeValue(name);
  }

  /** Keeps those of the lines that have the value. */
  void retain(Segment segment, BitSet lines) {
    if (!segment.hasFields()) {
      lines.clear();
      return;
    }
    byte[] fields = segment.fields();
    for (int i = lines.nextSetBit(0); i >= 0; i = lines.nextSetBit(i + 1)) {
      int start = segment.fieldsStart(i);
      int end = segment.fieldsEnd(i);
      if (start == end || !mayHave(fields, start, end) || !has(fields, start, end)) {
        lines.clear(i);
      }
    }
  }

  /** Leaves out nearly all lines that do not have the value, without reading their JSON. */
  private boolean mayHave(byte[] fields, int start, int end) {
    if (literal.length == 0) {
      return true;
    }
    int at = start - 1;
    while ((at = TextScan.indexOf(fields, at + 1, end, literal)) >= 0) {
      if (number == null || mayBeNumber(fields, at + literal.length, end)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a value may be the number, or is an array that may hold it, or is no number. */
  private boolean mayBeNumber(byte[] fields, int start, int end) {
    boolean digits = true;
    int at = start;
    while (at < end && (isDigit(fields[at]) || "+-.eE".indexOf(fields[at]) >= 0)) {
      digits &= isDigit(fields[at++]);
    }
    if (at == start) {
      return true;
    }
    String text = new String(fields, start, at - start, StandardCharsets.US_ASCII);
    // Two whole numbers are equal when their digits are.
    boolean bothWhole = digits && value.chars().allMatch(FieldMatcher::isDigit);
    return text.equals(value) || !bothWhole && Objects.equals(number, DecimalText.of(text));
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private boolean has(byte[] fields, int start, int end) {
    try (JsonParser parser = JSON.createParser(fields, start, end - start)) {
      // The paths of the objects around; that of the whole is not there.
      Deque<String> objects = new ArrayDeque<>();
      String path = "";
      parser.nextToken();
      JsonToken token;
      while ((token = parser.nextToken()) != null) {
        switch (token) {
          case FIELD_NAME ->
              path =
                  objects.isEmpty()
                      ? parser.currentName()
                      : objects.getLast() + "." + parser.currentName();
          case START_OBJECT -> {
            if (name.startsWith(path + ".")) {
              objects.addLast(path);
            } else {
              parser.skipChildren();
            }
          }
          case END_OBJECT -> path = objects.isEmpty() ? "" : objects.removeLast();
          case START_ARRAY, END_ARRAY -> {
            continue;
          }
          default -> {
            if (name.equals(path) && isValue(token, parser.getText())) {
              return true;
            }
          }
        }
      }
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException("Fields that were stored as JSON are none", e);
    }
  }

  private boolean isValue(JsonToken token, String text) {
    return text.equals(value)
        || number != null && token.isNumeric() && number.equals(DecimalText.of(text));
  }

  private static byte[] quoted(String text) {
    return JsonStringEncoder.getInstance().quoteAsUTF8(text);
  }

  private static byte[] nameBeforeValue(String name) {
    byte[] last = quoted(name.substring(name.lastIndexOf('.') + 1));
    byte[] literal = Arrays.copyOf(last, last.length + 2);
    literal[last.length] = '"';
    literal[last.length + 1] = ':';
    return literal;
  }
}
