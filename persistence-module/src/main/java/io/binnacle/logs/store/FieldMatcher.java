package io.binnacle.logs.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.binnacle.logs.store.segment.Segment;
import io.binnacle.logs.store.segment.TextScan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;

/**
 * Finds the lines whose fields have a value. A dot in the name goes into an object, unless a field
 * has the whole name; an array has a value when one of its items has.
 */
final class FieldMatcher {
  private static final JsonFactory JSON = new JsonFactory();

  private final String name;
  private final String value;
  private final byte[] literal;

  FieldMatcher(String name, String value) {
    this.name = name;
    this.value = value;
    this.literal = JsonStringEncoder.getInstance().quoteAsUTF8(value);
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
      boolean may = literal.length == 0 || TextScan.indexOf(fields, start, end, literal) >= 0;
      if (start == end || !may || !has(fields, start, end)) {
        lines.clear(i);
      }
    }
  }

  private boolean has(byte[] fields, int start, int end) {
    try (JsonParser parser = JSON.createParser(fields, start, end - start)) {
      Deque<String> path = new ArrayDeque<>();
      JsonToken token;
      while ((token = parser.nextToken()) != null) {
        switch (token) {
          case START_OBJECT -> path.addLast(pathOf(path, parser.currentName()));
          case END_OBJECT -> path.removeLast();
          case START_ARRAY, END_ARRAY, FIELD_NAME -> {
            continue;
          }
          default -> {
            if (name.equals(fieldName(path, parser)) && value.equals(parser.getText())) {
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

  private static String pathOf(Deque<String> path, String name) {
    if (path.isEmpty() || name == null) {
      return path.isEmpty() ? "" : path.getLast();
    }
    return path.getLast() + name + ".";
  }

  private static String fieldName(Deque<String> path, JsonParser parser) throws IOException {
    String own = parser.currentName();
    if (own == null && parser.getParsingContext().inArray()) {
      own = parser.getParsingContext().getParent().getCurrentName();
    }
    return path.getLast() + own;
  }
}
