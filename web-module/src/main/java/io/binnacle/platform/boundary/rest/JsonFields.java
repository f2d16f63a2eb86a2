package io.binnacle.platform.boundary.rest;

import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.Times;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a JSON object where it matters whether a field is absent or null, as in a
 * merge patch (RFC 7396). A wrong type is refused with the name of the field.
 */
public record JsonFields(JsonObject object) {
  /**
   * The same fields, when there are no others: what was ignored would seem to be done.
   *
   * @throws ProblemException naming a field that is not taken
   */
  public JsonFields only(Set<String> taken) {
    for (String field : object.keySet()) {
      if (!taken.contains(field)) {
        throw ProblemException.notTaken(field, taken);
      }
    }
    return this;
  }

  /** Whether a field is there, be it null. */
  public boolean has(String field) {
    return object.containsKey(field);
  }

  /** A text; null when the field is absent or null. */
  public @Nullable String text(String field) {
    return text(field, null);
  }

  /** A text; null when the field is null, and a value of its own when it is absent. */
  public @Nullable String text(String field, @Nullable String ifAbsent) {
    JsonValue value = object.get(field);
    if (value == null) {
      return ifAbsent;
    }
    if (value == JsonValue.NULL) {
      return null;
    }
    if (value instanceof JsonString string) {
      return string.getString();
    }
    throw ProblemException.field(field, "Expected a text.");
  }

  /** A whole number; null when the field is absent or null. */
  public @Nullable Long number(String field) {
    JsonValue value = object.get(field);
    if (value == null || value == JsonValue.NULL) {
      return null;
    }
    try {
      if (value instanceof JsonNumber number && number.isIntegral()) {
        return number.longValueExact();
      }
    } catch (ArithmeticException e) {
      throw ProblemException.field(field, "The number is too large.");
    }
    throw ProblemException.field(field, "Expected a whole number.");
  }

  /** A whole number of 32 bits; null when the field is absent or null. */
  public @Nullable Integer smallNumber(String field) {
    Long number = number(field);
    if (number != null && number.intValue() != number) {
      throw ProblemException.field(field, "The number is too large.");
    }
    return number == null ? null : number.intValue();
  }

  /** An RFC 3339 time, or seconds since 1970; null when the field is absent or null. */
  public @Nullable Instant time(String field) {
    if (object.get(field) instanceof JsonNumber seconds) {
      return Times.instant(Times.ofNumber(field, seconds.toString()));
    }
    String text = text(field);
    return text == null ? null : Times.instant(Times.parse(field, text));
  }

  /** An object as JSON text. */
  public String json(String field, String ifAbsent) {
    JsonValue value = object.get(field);
    if (value == null) {
      return ifAbsent;
    }
    if (value == JsonValue.NULL) {
      return "{}";
    }
    if (value.getValueType() == JsonValue.ValueType.OBJECT) {
      return value.toString();
    }
    throw ProblemException.field(field, "Expected an object.");
  }

  /** A list of texts. */
  public List<String> texts(String field, List<String> ifAbsent) {
    JsonValue value = object.get(field);
    if (value == null) {
      return ifAbsent;
    }
    if (value == JsonValue.NULL) {
      return List.of();
    }
    if (value.getValueType() != JsonValue.ValueType.ARRAY) {
      throw ProblemException.field(field, "Expected an array of texts.");
    }
    return value.asJsonArray().stream().map(item -> textOf(field, item)).toList();
  }

  private static String textOf(String field, JsonValue item) {
    if (item instanceof JsonString string) {
      return string.getString();
    }
    throw ProblemException.field(field, "Expected an array of texts.");
  }
}
