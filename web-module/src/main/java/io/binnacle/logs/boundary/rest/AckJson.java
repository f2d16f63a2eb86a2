package io.binnacle.logs.boundary.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import io.binnacle.logs.control.LineJson;
import io.binnacle.logs.control.ingest.LogAck;
import io.binnacle.logs.control.ingest.RefusedLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The answer to a batch: written by hand, because it is written thousands of times a second. */
final class AckJson {
  private AckJson() {}

  static byte[] bytes(LogAck ack) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (JsonGenerator json = LineJson.generator(bytes)) {
      json.writeStartObject();
      json.writeStringField("stream", ack.stream());
      if (ack.kind() == LogAck.Kind.BELOW_WINDOW) {
        json.writeBooleanField("duplicate", true);
      } else {
        write(json, ack);
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(JsonGenerator json, LogAck ack) throws IOException {
    json.writeNumberField("accepted", ack.accepted());
    if (ack.firstLine() != null && ack.lastLine() != null) {
      json.writeNumberField("first_line", ack.firstLine());
      json.writeNumberField("last_line", ack.lastLine());
    }
    json.writeNumberField("truncated", ack.truncated());
    json.writeArrayFieldStart("refused");
    for (RefusedLine line : ack.refused()) {
      json.writeStartObject();
      json.writeNumberField("index", line.index());
      json.writeStringField("code", line.code());
      json.writeStringField("detail", line.detail());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeNumberField("refused_count", ack.refusedCount());
  }
}
