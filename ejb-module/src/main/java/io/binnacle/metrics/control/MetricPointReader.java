package io.binnacle.metrics.control;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.binnacle.metrics.entity.MetricPoint;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.Timestamps;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the points of a request one after the other. */
final class MetricPointReader {
  /** No double needs as many, and the parser computes a longer number at a price. */
  private static final int NUMBER_CHARS = 1_000;

  private static final int STEP_CHARS = String.valueOf(Long.MAX_VALUE).length();

  private final JsonParser json;
  private final Timestamps timestamps = new Timestamps();
  private final long received;

  private int valuesOfRequest;
  private @Nullable Long step;
  private long time;
  private Map<String, Double> values = Map.of();
  private @Nullable String code;
  private String detail = "";

  MetricPointReader(JsonParser json, long received) {
    this.json = json;
    this.received = received;
  }

  /** Reads the point whose first token is the parser's current one. */
  void read(MetricBatch batch, int index) throws IOException {
    step = null;
    time = received;
    values = Map.of();
    code = null;
    if (json.currentToken() == JsonToken.START_OBJECT) {
      fields();
    } else {
      json.skipChildren();
      refuse("invalid_point", "A point is an object.");
    }
    if (code == null && step == null) {
      refuse("invalid_step", "A point needs a step: a whole number, 0 or more.");
    }
    if (code == null && values.isEmpty()) {
      refuse("invalid_values", "A point needs values.");
    }
    String refused = code;
    if (refused != null) {
      batch.refuse(new RefusedPoint(index, refused, detail));
    } else if (step != null) {
      batch.add(index, new MetricPoint(step, time, values));
    }
  }

  private void fields() throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      JsonToken value = json.nextToken();
      switch (field) {
        case "step" -> readStep(value);
        case "timestamp" -> readTime(value);
        case "values" -> readValues(value);
        default -> json.skipChildren();
      }
    }
  }

  private void readStep(JsonToken token) throws IOException {
    if (token == JsonToken.VALUE_NUMBER_INT
        && json.getTextLength() <= STEP_CHARS
        && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER
        && json.getLongValue() >= 0) {
      step = json.getLongValue();
    } else {
      json.skipChildren();
      refuse("invalid_step", "A step is a whole number, 0 or more, of 63 bits.");
    }
  }

  private void readTime(JsonToken token) throws IOException {
    if (token == JsonToken.VALUE_NULL) {
      return;
    }
    time =
        switch (token) {
          case VALUE_STRING ->
              timestamps.parse(
                  json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
          case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Timestamps.ofNumber(json.getText());
          default -> {
            json.skipChildren();
            yield Timestamps.INVALID;
          }
        };
    if (time == Timestamps.INVALID) {
      refuse(
          "invalid_timestamp",
          "Expected RFC 3339 with an offset, or seconds since 1970, in the years 1677 to 2262.");
    }
  }

  private void readValues(JsonToken token) throws IOException {
    if (token != JsonToken.START_OBJECT) {
      json.skipChildren();
      refuse("invalid_values", "Values are an object of numbers by name.");
      return;
    }
    Map<String, Double> read = new LinkedHashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      Double value = number(json.nextToken());
      countValue();
      if (!validName(name)) {
        refuse(
            "invalid_name",
            "A name has 1 to " + MetricLimits.NAME_CHARS + " characters and no NUL.");
      } else if (value == null) {
        refuse(
            "invalid_value",
            "A value is a number of at most "
                + NUMBER_CHARS
                + " characters, \"NaN\", \"Infinity\" or \"-Infinity\".");
      } else if (read.size() == MetricLimits.VALUES && !read.containsKey(name)) {
        refuse("too_many_values", "At most " + MetricLimits.VALUES + " values in a point.");
      } else {
        read.put(name, value);
      }
    }
    values = read;
  }

  private void countValue() {
    if (++valuesOfRequest > MetricLimits.REQUEST_VALUES) {
      throw ProblemException.limit(
          "metrics",
          MetricLimits.REQUEST_VALUES,
          "At most " + MetricLimits.REQUEST_VALUES + " values in a request.");
    }
  }

  private boolean validName(String name) {
    return !name.isBlank() && name.length() <= MetricLimits.NAME_CHARS && name.indexOf('\0') < 0;
  }

  private @Nullable Double number(JsonToken token) throws IOException {
    if (token.isNumeric()) {
      if (json.getTextLength() > NUMBER_CHARS) {
        return null;
      }
      double number = json.getDoubleValue();
      return Double.isFinite(number) ? number : null;
    }
    if (token == JsonToken.VALUE_STRING) {
      return switch (json.getText()) {
        case "NaN" -> Double.NaN;
        case "Infinity" -> Double.POSITIVE_INFINITY;
        case "-Infinity" -> Double.NEGATIVE_INFINITY;
        default -> null;
      };
    }
    json.skipChildren();
    return null;
  }

  /** The first fault of a point is told. */
  private void refuse(String reason, String why) {
    if (code == null) {
      code = reason;
      detail = why;
    }
  }
}
