package io.binnacle.platform.boundary.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.binnacle.platform.control.ingest.StrictUtf8;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import io.binnacle.platform.entity.WellFormed;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads exactly one JSON value of bounded depth into maps, lists, texts, numbers, flags and null.
 * JSON-B is not asked: it takes seconds for deep nesting, guesses types and ignores what follows.
 */
final class JsonTree {
  private static final int MAX_DEPTH = 64;
  private static final int MAX_DIGITS = 1000;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(MAX_DIGITS)
                  .build())
          .build();

  private JsonTree() {}

  /**
   * @return null for an empty body and for the word {@code null}
   * @throws ProblemException MALFORMED_BODY with the place
   */
  static @Nullable Object read(InputStream body) throws IOException {
    try (JsonParser json = JSON.createParser(new StrictUtf8(body))) {
      JsonToken first = json.nextToken();
      if (first == null) {
        return null;
      }
      Object value = value(json, first);
      if (json.nextToken() != null) {
        throw malformed("Something follows behind the JSON value.");
      }
      return value;
    } catch (StreamConstraintsException e) {
      throw malformed(
          "The JSON is nested in more than %d levels, or has a number of more than %d digits."
              .formatted(MAX_DEPTH, MAX_DIGITS));
    } catch (JsonProcessingException e) {
      throw malformed(place(e));
    } catch (CharConversionException e) {
      throw malformed("The body is not valid UTF-8.");
    }
  }

  private static String place(JsonProcessingException e) {
    return e.getLocation() == null
        ? "The body is no JSON."
        : "The body is no JSON that is taken here, as of line %d, column %d."
            .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
  }

  private static ProblemException malformed(String detail) {
    return ProblemException.of(ProblemType.MALFORMED_BODY, detail);
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
