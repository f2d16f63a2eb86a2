package io.binnacle.platform.boundary.http;

import jakarta.json.Json;
import jakarta.json.bind.serializer.JsonbSerializer;
import jakarta.json.bind.serializer.SerializationContext;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Passes JSON that is kept as text through, token by token. */
public final class JsonTextSerializer implements JsonbSerializer<JsonText> {
  private static final JsonParserFactory PARSERS = Json.createParserFactory(Map.of());

  @Override
  public void serialize(
      JsonText json, JsonGenerator generator, @Nullable SerializationContext context) {
    try (JsonParser parser = PARSERS.createParser(new StringReader(json.text()))) {
      while (parser.hasNext()) {
        switch (parser.next()) {
          case START_OBJECT -> generator.writeStartObject();
          case START_ARRAY -> generator.writeStartArray();
          case END_OBJECT, END_ARRAY -> generator.writeEnd();
          case KEY_NAME -> generator.writeKey(parser.getString());
          case VALUE_STRING -> generator.write(parser.getString());
          case VALUE_NUMBER -> generator.write(parser.getBigDecimal());
          case VALUE_TRUE -> generator.write(true);
          case VALUE_FALSE -> generator.write(false);
          case VALUE_NULL -> generator.writeNull();
        }
      }
    }
  }
}
