package io.binnacle.platform.boundary.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.binnacle.platform.control.ingest.JsonBody;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.WellFormed;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads exactly one JSON value of bounded depth into maps, lists, texts, numbers, flags and null.
 * JSON-B is not asked: it takes seconds for deep nesting, guesses types and ignores what follows.
 */
final class JsonTree {
  private JsonTree() {}

  /**
   * @return null for an empty body and for the word {@code null}
   * @throws ProblemException MALFORMED_BODY with the place
   */
  static @Nullable Object read(InputStream body) {
    Optional<Object> tree =
        JsonBody.read(
            body,
            json -> {
              json.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
              JsonToken first = json.nextToken();
              return Optional.ofNullable(first == null ? null : value(json, first));
            });
    return tree.orElse(null);
  }

  private static @Nullable Object value(JsonParser json, JsonToken token) throws IOException {
    return switch (token) {
      case START_OBJECT -> object(json);
      case START_ARRAY -> array(json);
      case VALUE_STRING -> WellFormed.text(json.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.getDecimalValue();
      case VALUE_TRUE -> Boolean.TRUE;
      case VALUE_FALSE -> Boolean.FALSE;
      default -> null;
    };
  }

  private static Map<String, @Nullable Object> object(JsonParser json) throws IOException {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      object.put(name, value(json, json.nextToken()));
    }
    return object;
  }

  private static List<@Nullable Object> array(JsonParser json) throws IOException {
    List<@Nullable Object> items = new ArrayList<>();
    for (JsonToken token = json.nextToken();
        token != JsonToken.END_ARRAY;
        token = json.nextToken()) {
      items.add(value(json, token));
    }
    return items;
  }
}
