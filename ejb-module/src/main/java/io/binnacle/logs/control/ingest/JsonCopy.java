package io.binnacle.logs.control.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Copies JSON values from a parser into bytes, compact. Numbers stay as they were written: none is
 * computed, whatever its size. One generator serves a whole batch.
 */
final class JsonCopy {
  private static final JsonFactory JSON = compact();

  private final Utf8Scratch target;
  private final int maxDepth;
  private final int maxNumberChars;
  private @Nullable JsonGenerator generator;

  /** A copy of whatever the parser reads. */
  JsonCopy(Utf8Scratch target) {
    this(target, Integer.MAX_VALUE, Integer.MAX_VALUE);
  }

  /**
   * A copy of bounded values.
   *
   * @param target where the values go
   * @param maxDepth levels of objects and arrays, from 1
   * @param maxNumberChars characters of a number
   */
  JsonCopy(Utf8Scratch target, int maxDepth, int maxNumberChars) {
    this.target = target;
    this.maxDepth = maxDepth;
    this.maxNumberChars = maxNumberChars;
  }

  /**
   * Appends the value at which the parser stands; leaves the parser at its end.
   *
   * @return false when it goes beyond a bound: what was appended is then of no use
   */
  boolean value(JsonParser parser) throws IOException {
    JsonGenerator out = generator();
    int depth = 0;
    boolean fits = true;
    do {
      JsonToken token = parser.currentToken();
      depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      fits = fits && depth <= maxDepth && copy(token, parser, out);
    } while (depth > 0 && parser.nextToken() != null);
    if (fits) {
      out.flush();
    } else {
      // It stands in the middle of a value, which it must not go on with.
      generator = null;
    }
    return fits;
  }

  private boolean copy(JsonToken token, JsonParser parser, JsonGenerator out) throws IOException {
    switch (token) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
        if (parser.getTextLength() > maxNumberChars) {
          return false;
        }
        out.writeNumber(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
      }
      default -> out.copyCurrentEvent(parser);
    }
    return true;
  }

  private JsonGenerator generator() throws IOException {
    JsonGenerator current = generator;
    if (current == null) {
      current = JSON.createGenerator(target);
      generator = current;
    }
    return current;
  }

  private static JsonFactory compact() {
    return new JsonFactoryBuilder()
        // Without this the second value of a generator would begin with a space.
        .rootValueSeparator("")
        // Characters beyond 16 bits stand as themselves, as a search for them does.
        .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
        // The parser has a bound of its own.
        .streamWriteConstraints(
            StreamWriteConstraints.builder().maxNestingDepth(Integer.MAX_VALUE).build())
        .build();
  }
}
