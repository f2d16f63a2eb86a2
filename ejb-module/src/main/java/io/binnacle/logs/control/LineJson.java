package io.binnacle.logs.control;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.binnacle.logs.entity.LineBuffer;
import io.binnacle.logs.entity.LogLine;
import io.binnacle.platform.entity.Times;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The one form of a line in JSON: lists, downloads and live tails write it here, straight from the
 * line, without an object tree.
 */
public final class LineJson {
  private static final JsonFactory JSON = new JsonFactory();

  private final LogAddress address;
  private final Map<Long, String> streamNames;

  /**
   * @param address whose lines these are
   * @param streamNames names by id
   */
  public LineJson(LogAddress address, Map<Long, String> streamNames) {
    this.address = address;
    this.streamNames = streamNames;
  }

  /** A generator on a stream, which it closes with itself. */
  public static JsonGenerator generator(OutputStream out) throws IOException {
    return JSON.createGenerator(out);
  }

  /** Writes a line as an object. */
  public void write(JsonGenerator json, LogLine line) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", line.id());
    json.writeStringField(address.field(), address.name());
    json.writeStringField("stream", Long.toString(line.streamId()));
    json.writeStringField("stream_name", streamNames.getOrDefault(line.streamId(), ""));
    json.writeStringField("level", line.level());
    json.writeNumberField("severity", line.severity());
    json.writeStringField("message", line.message());
    json.writeStringField("timestamp", Times.instant(line.time()).toString());
    json.writeStringField("source", line.source());
    json.writeNumberField("line_number", line.line());
    json.writeFieldName("client_line_number");
    if (line.clientLine() == LineBuffer.NO_CLIENT_LINE) {
      json.writeNull();
    } else {
      json.writeNumber(line.clientLine());
    }
    json.writeFieldName("fields");
    json.writeRawValue(Objects.requireNonNullElse(line.fieldsJson(), "null"));
    if (line.timeReceived()) {
      json.writeBooleanField("timestamp_received", true);
    }
    if (line.truncated()) {
      json.writeBooleanField("truncated", true);
      json.writeNumberField("original_bytes", line.originalBytes());
    }
    json.writeEndObject();
  }

  /** Lines as the text of a JSON array. */
  public String array(List<LogLine> lines) {
    StringWriter text = new StringWriter(lines.size() * 256 + 2);
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartArray();
      for (LogLine line : lines) {
        write(json, line);
      }
      json.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}
