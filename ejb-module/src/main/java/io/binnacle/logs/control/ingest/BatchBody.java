package io.binnacle.logs.control.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.binnacle.logs.entity.LineBuffer;
import io.binnacle.logs.entity.StreamDescription;
import io.binnacle.platform.entity.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The fields around the lines: who sends them, in which stream, under which number. */
final class BatchBody {
  private static final String DEFAULT_STREAM = "main";
  private static final int MAX_LABELS_BYTES = 4096;
  private static final int MAX_LABEL_DIGITS = 100;
  private static final int MAX_NAME_CHARS = 200;

  private final JsonParser parser;
  private final LineReader lineReader;
  private String stream = DEFAULT_STREAM;
  private String labels = StreamDescription.NO_LABELS;
  private @Nullable String release;
  private @Nullable String environment;
  private @Nullable String service;
  private @Nullable String clientId;
  private long batchNo;

  BatchBody(JsonParser parser, LineReader lineReader) {
    this.parser = parser;
    this.lineReader = lineReader;
  }

  void readBatch() throws IOException {
    boolean found = false;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (name.equals("logs")) {
        found = true;
        lineReader.readArray(value);
      } else if (!readHeader(name, value)) {
        parser.skipChildren();
      }
    }
    if (!found) {
      throw ProblemException.field("logs", "A batch needs an array of lines named logs.");
    }
  }

  void readLine() throws IOException {
    lineReader.readSingle(this::readHeader);
  }

  LogBatch batch(LineBuffer lines, long contentHash) {
    if ((clientId == null) != (batchNo == 0)) {
      throw ProblemException.field(
          clientId == null ? "client_id" : "batch_no",
          "client_id and batch_no are given together, or neither.");
    }
    LogBatch.Header header =
        new LogBatch.Header(stream, labels, release, environment, service, clientId, batchNo);
    return new LogBatch(
        header,
        lines,
        lineReader.refused(),
        lineReader.refusedCount(),
        lineReader.truncated(),
        contentHash);
  }

  /** Takes a field of the batch; false when the name is none of them. */
  private boolean readHeader(String name, JsonToken value) throws IOException {
    switch (name) {
      case "stream" -> stream = orDefault(text(name, value, LogLimits.STREAM_CHARS));
      case "labels" -> labels = labels(value);
      case "release" -> release = text(name, value, MAX_NAME_CHARS);
      case "environment" -> environment = text(name, value, MAX_NAME_CHARS);
      case "service" -> service = text(name, value, MAX_NAME_CHARS);
      case "client_id" -> clientId = text(name, value, LogLimits.CLIENT_CHARS);
      case "batch_no" -> batchNo = batchNo(value);
      default -> {
        return false;
      }
    }
    return true;
  }

  private static String orDefault(@Nullable String name) {
    return name == null ? DEFAULT_STREAM : name;
  }

  private @Nullable String text(String field, JsonToken value, int maxChars) throws IOException {
    if (value == JsonToken.VALUE_NULL) {
      return null;
    }
    if (value != JsonToken.VALUE_STRING) {
      throw ProblemException.field(field, "Expected a text.");
    }
    String text = parser.getText();
    if (text.length() > maxChars) {
      throw ProblemException.limit(field, maxChars, "At most " + maxChars + " characters.");
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw ProblemException.field(field, "Control characters are not allowed.");
    }
    return text.isBlank() ? null : text;
  }

  private String labels(JsonToken value) throws IOException {
    if (value == JsonToken.VALUE_NULL) {
      return StreamDescription.NO_LABELS;
    }
    if (value != JsonToken.START_OBJECT) {
      throw ProblemException.field("labels", "Expected an object.");
    }
    Utf8Scratch scratch = new Utf8Scratch();
    if (!new JsonCopy(scratch, LogLimits.FIELDS_DEPTH, MAX_LABEL_DIGITS).value(parser)) {
      throw ProblemException.field(
          "labels",
          "At most %d levels, and numbers of at most %d characters."
              .formatted(LogLimits.FIELDS_DEPTH, MAX_LABEL_DIGITS));
    }
    if (scratch.size() > MAX_LABELS_BYTES) {
      throw ProblemException.limit(
          "labels", MAX_LABELS_BYTES, "At most " + MAX_LABELS_BYTES + " bytes of JSON.");
    }
    return new String(scratch.bytes(), 0, scratch.size(), StandardCharsets.UTF_8);
  }

  private long batchNo(JsonToken value) throws IOException {
    if (value == JsonToken.VALUE_NULL) {
      return 0;
    }
    // A number beyond 64 bits is no VALUE_NUMBER_INT that fits: getLongValue would throw.
    if (value != JsonToken.VALUE_NUMBER_INT
        || parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
        || parser.getLongValue() < 1) {
      throw ProblemException.field("batch_no", "Expected a whole number from 1 to 2^63-1.");
    }
    return parser.getLongValue();
  }
}
