package io.binnacle.logs.control;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.binnacle.platform.entity.WellFormed;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Copies a JSON value from a parser into bytes, compact. One generator serves a whole batch. */
final class JsonCopy {
  private static final JsonFactory JSON = compact();

  private @Nullable JsonGenerator generator;
  private @Nullable Utf8Scratch target;

  /** Appends the object at which the parser stands; leaves the parser at its end. */
  void object(JsonParser parser, Utf8Scratch scratch) throws IOException {
    JsonGenerator out = generatorFor(scratch);
    int depth = 0;
    do {
      JsonToken token = parser.currentToken();
      if (token == JsonToken.VALUE_STRING) {
        text(parser, out);
      } else {
        out.copyCurrentEvent(parser);
      }
      depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
    } while (depth > 0 && parser.nextToken() != null);
    out.flush();
  }

  private static void text(JsonParser parser, JsonGenerator out) throws IOException {
    char[] text = parser.getTextCharacters();
    WellFormed.repair(text, parser.getTextOffset(), parser.getTextLength());
    out.writeString(text, parser.getTextOffset(), parser.getTextLength());
  }

  private JsonGenerator generatorFor(Utf8Scratch scratch) throws IOException {
    JsonGenerator current = generator;
    if (current == null || target != scratch) {
      current = JSON.createGenerator(scratch);
      generator = current;
      target = scratch;
    }
    return current;
  }

  private static JsonFactory compact() {
    return new JsonFactoryBuilder()
        // Without this the second value of a generator would begin with a space.
        .rootValueSeparator("")
        // Characters beyond 16 bits stand as themselves, as a search for them does.
        .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
        .build();
  }
}
