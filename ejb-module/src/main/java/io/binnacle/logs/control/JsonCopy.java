package io.binnacle.logs.control;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Copies a JSON value from a parser into bytes, compact. One generator serves a whole batch. */
final class JsonCopy {
  private static final JsonFactory JSON = withoutSeparators();

  private @Nullable JsonGenerator generator;
  private @Nullable Utf8Scratch target;

  /** Appends the object at which the parser stands; leaves the parser at its end. */
  void object(JsonParser parser, Utf8Scratch scratch) throws IOException {
    JsonGenerator out = generatorFor(scratch);
    out.copyCurrentStructure(parser);
    out.flush();
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

  /** Without this the second value of a generator would begin with a space. */
  private static JsonFactory withoutSeparators() {
    return new JsonFactoryBuilder().rootValueSeparator("").build();
  }
}
