package io.binnacle.security.control;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A changed state as JSON. */
final class AuditJson {
  /** What is larger was never meant for a person to read; the entry says so instead. */
  private static final int MAX_CHARS = 64 * 1024;

  private static final JsonFactory JSON = new JsonFactory();

  private AuditJson() {}

  static @Nullable String of(@Nullable Map<String, ?> state) {
    if (state == null) {
      return null;
    }
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      write(json, state);
    } catch (IOException e) {
      throw new UncheckedIOException("A text in memory takes all JSON", e);
    }
    return text.getBuffer().length() <= MAX_CHARS
        ? text.toString()
        : "{\"left_out_chars\":" + text.getBuffer().length() + "}";
  }

  private static void write(JsonGenerator json, @Nullable Object value) throws IOException {
    if (value instanceof Map<?, ?> map) {
      json.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        json.writeFieldName(String.valueOf(entry.getKey()));
        write(json, entry.getValue());
      }
      json.writeEndObject();
    } else if (value instanceof Collection<?> items) {
      json.writeStartArray();
      for (Object item : items) {
        write(json, item);
      }
      json.writeEndArray();
    } else if (value instanceof Number number) {
      writeNumber(json, number);
    } else if (value instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else if (value == null) {
      json.writeNull();
    } else {
      json.writeString(value.toString());
    }
  }

  /** JSON has no word for NaN and infinity: they stand as texts. */
  private static void writeNumber(JsonGenerator json, Number number) throws IOException {
    if (number instanceof Double || number instanceof Float) {
      double value = number.doubleValue();
      if (Double.isFinite(value)) {
        json.writeNumber(value);
      } else {
        json.writeString(number.toString());
      }
    } else {
      json.writeNumber(new BigDecimal(number.toString()));
    }
  }
}
