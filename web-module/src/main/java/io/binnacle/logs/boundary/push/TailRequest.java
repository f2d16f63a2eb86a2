package io.binnacle.logs.boundary.push;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.binnacle.logs.boundary.rest.LogParameters;
import io.binnacle.logs.control.tail.TailQuery;
import io.binnacle.platform.control.ingest.JsonBody;
import io.binnacle.platform.entity.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a viewer says on a tail: a flat object, whose values mean what those of a query mean. */
final class TailRequest {
  private static final int MAX_CHARS = 64 << 10;

  /** The cursor of the 10,000 streams that a log may have. */
  private static final int MAX_RESUME_CHARS = 512 << 10;

  private final Map<String, List<String>> fields;

  private TailRequest(Map<String, List<String>> fields) {
    this.fields = fields;
  }

  /**
   * Reads a message.
   *
   * @throws ProblemException {@code malformed_body}, or {@code invalid_field} when it is too long
   *     or an object stands where a value is expected
   */
  static TailRequest parse(String text) {
    requireAtMost(MAX_RESUME_CHARS, text);
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    TailRequest request =
        new TailRequest(JsonBody.readObject(new ByteArrayInputStream(body), TailRequest::fields));
    if (!request.type().equals("resume")) {
      requireAtMost(MAX_CHARS, text);
    }
    return request;
  }

  private static void requireAtMost(int limit, String text) {
    if (text.length() > limit) {
      throw ProblemException.limit("message", limit, "At most " + limit + " characters.");
    }
  }

  /** What it is about. */
  String type() {
    return only("type");
  }

  /** The lines after which to go on. */
  Map<Long, Long> from() {
    return TailCursor.parse(only("from"));
  }

  /** What shall be seen. */
  TailQuery query() {
    return new LogParameters(fields).tail("type");
  }

  private String only(String name) {
    List<String> values = fields.getOrDefault(name, List.of());
    return values.size() == 1 ? values.get(0) : "";
  }

  private static Map<String, List<String>> fields(JsonParser json) throws IOException {
    Map<String, List<String>> fields = new HashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      fields.put(name, values(name, json, json.nextToken()));
    }
    return fields;
  }

  private static List<String> values(String name, JsonParser json, JsonToken first)
      throws IOException {
    if (first != JsonToken.START_ARRAY) {
      return List.of(value(name, json, first));
    }
    List<String> values = new ArrayList<>();
    for (JsonToken token = json.nextToken();
        token != JsonToken.END_ARRAY;
        token = json.nextToken()) {
      values.add(value(name, json, token));
    }
    return values;
  }

  private static String value(String name, JsonParser json, JsonToken token) throws IOException {
    if (token.isStructStart()) {
      json.skipChildren();
      throw ProblemException.field(name, "A text, a number, a flag, or an array of these.");
    }
    return token == JsonToken.VALUE_NULL ? "" : json.getText();
  }
}
