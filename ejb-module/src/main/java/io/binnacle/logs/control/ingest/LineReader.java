package io.binnacle.logs.control.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.binnacle.logs.control.LevelNames;
import io.binnacle.logs.entity.LineBuffer;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import io.binnacle.platform.entity.Timestamps;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads lines one by one into the buffer, and notes those that it must refuse. */
final class LineReader {
  /** Takes a field that is not the line's own; false when nobody knows it. */
  interface OtherFields {
    boolean read(String name, JsonToken value) throws IOException;
  }

  private static final String DEFAULT_SOURCE = "user";

  private final JsonParser parser;
  private final WholeEscapes body;
  private final LineBuffer lines;
  private final LogLimits limits;
  private final long received;
  private final Timestamps timestamps = new Timestamps();
  private final Utf8Scratch message = new Utf8Scratch();
  private final JsonCopy messageCopy = new JsonCopy(message);
  private final Utf8Scratch fields = new Utf8Scratch();
  private final JsonCopy fieldsCopy =
      new JsonCopy(fields, LogLimits.FIELDS_DEPTH, Integer.MAX_VALUE);

  /** Names repeat from line to line; canonical forms are looked up once for a batch. */
  private final Map<String, String> levels = new HashMap<>();

  private final List<RefusedLine> refused = new ArrayList<>();
  private int refusedCount;
  private int truncated;
  private int index;

  // Lines of one sender mostly repeat the names of the line before.
  private String lastLevelText = "";
  private String lastLevel = LevelNames.DEFAULT;
  private String lastSource = "";

  private boolean hasMessage;
  private String level = LevelNames.DEFAULT;
  private String source = DEFAULT_SOURCE;
  private int severity;
  private long time;
  private boolean timeGiven;
  private long clientLine;
  private @Nullable RefusedLine fault;

  /**
   * @param body what the parser reads
   * @param received nanoseconds since 1970: the time of lines that name none
   */
  LineReader(
      JsonParser parser, WholeEscapes body, LineBuffer lines, LogLimits limits, long received) {
    this.parser = parser;
    this.body = body;
    this.lines = lines;
    this.limits = limits;
    this.received = received;
  }

  List<RefusedLine> refused() {
    return List.copyOf(refused);
  }

  int refusedCount() {
    return refusedCount;
  }

  int truncated() {
    return truncated;
  }

  void readArray(JsonToken start) throws IOException {
    if (start != JsonToken.START_ARRAY) {
      throw ProblemException.field("logs", "Expected an array of lines.");
    }
    JsonToken token;
    while ((token = parser.nextToken()) != JsonToken.END_ARRAY) {
      if (index == limits.lines()) {
        throw ProblemException.limit(
            "logs", limits.lines(), "A batch has at most " + limits.lines() + " lines.");
      }
      begin();
      if (token == JsonToken.START_OBJECT) {
        readObject((name, value) -> false);
      } else {
        refuse("not_an_object", "A line must be a JSON object.");
        parser.skipChildren();
      }
      end();
    }
  }

  void readSingle(OtherFields others) throws IOException {
    begin();
    readObject(others);
    end();
    if (refusedCount > 0) {
      RefusedLine only = refused.get(0);
      throw ProblemException.of(ProblemType.INVALID_FIELD, only.code() + ": " + only.detail());
    }
  }

  private void begin() {
    hasMessage = false;
    level = LevelNames.DEFAULT;
    source = DEFAULT_SOURCE;
    severity = 0;
    timeGiven = false;
    clientLine = LineBuffer.NO_CLIENT_LINE;
    fault = null;
    message.clear();
    fields.clear();
  }

  private void readObject(OtherFields others) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (name) {
        case "message" -> readMessage(value);
        case "level" -> readLevel(value);
        case "severity" -> readSeverity(value);
        case "source" -> readSource(value);
        case "timestamp" -> readTimestamp(value);
        case "line_number" -> readLineNumber(value);
        case "fields" -> readFields(value);
        default -> {
          if (!others.read(name, value)) {
            parser.skipChildren();
          }
        }
      }
    }
  }

  private void end() {
    if (fault == null && !hasMessage) {
      refuse("no_message", "A line needs a message.");
    }
    if (fault != null) {
      refusedCount++;
      lines.refuse();
      if (refused.size() < LogLimits.LISTED_REFUSALS) {
        refused.add(fault);
      }
    } else {
      add();
    }
    index++;
  }

  private void add() {
    int originalBytes = message.size();
    int flags = timeGiven ? 0 : LineBuffer.TIME_RECEIVED;
    if (originalBytes > limits.messageBytes()) {
      message.truncate(limits.messageBytes());
      flags |= LineBuffer.TRUNCATED;
      truncated++;
    }
    lines.add(
        lines.level(level, severity == 0 ? LevelNames.severity(level) : severity),
        lines.source(source),
        timeGiven ? time : received,
        flags,
        clientLine,
        originalBytes,
        message.bytes(),
        0,
        message.size(),
        fields.bytes(),
        0,
        fields.size());
  }

  /** Only the first fault of a line is told. */
  private void refuse(String code, String detail) {
    if (fault == null) {
      fault = new RefusedLine(index, code, detail);
    }
  }

  private void readMessage(JsonToken value) throws IOException {
    switch (value) {
      case VALUE_STRING -> {
        message.clear();
        if (!body.copyPlain(parser.currentTokenLocation().getByteOffset(), message)) {
          message.write(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
        }
        hasMessage = true;
      }
      case START_OBJECT, START_ARRAY -> {
        // A structured message keeps its JSON as text; what shall be filterable goes into fields.
        message.clear();
        messageCopy.value(parser);
        hasMessage = true;
      }
      case VALUE_NULL -> hasMessage = false;
      default -> {
        char[] text = parser.getText().toCharArray();
        message.clear();
        message.write(text, 0, text.length);
        hasMessage = true;
      }
    }
  }

  private void readLevel(JsonToken value) throws IOException {
    if (repeats(value, lastLevelText)) {
      level = lastLevel;
      return;
    }
    String name = shortText("level", value, LogLimits.LEVEL_CHARS);
    if (name != null) {
      level = levels.computeIfAbsent(name, LevelNames::canonical);
      lastLevelText = name;
      lastLevel = level;
    }
  }

  private void readSource(JsonToken value) throws IOException {
    if (repeats(value, lastSource)) {
      source = lastSource;
      return;
    }
    String name = shortText("source", value, LogLimits.SOURCE_CHARS);
    if (name != null) {
      source = name;
      lastSource = name;
    }
  }

  /** Whether the parser stands at a text that was read before: no new one is made of it. */
  private boolean repeats(JsonToken value, String known) throws IOException {
    if (value != JsonToken.VALUE_STRING || parser.getTextLength() != known.length()) {
      return false;
    }
    char[] text = parser.getTextCharacters();
    int start = parser.getTextOffset();
    for (int i = 0; i < known.length(); i++) {
      if (text[start + i] != known.charAt(i)) {
        return false;
      }
    }
    return !known.isEmpty();
  }

  private @Nullable String shortText(String field, JsonToken value, int maxChars)
      throws IOException {
    if (value == JsonToken.VALUE_NULL) {
      return null;
    }
    if (value != JsonToken.VALUE_STRING) {
      refuse("invalid_" + field, "Expected a text.");
      parser.skipChildren();
      return null;
    }
    // Characters beyond 16 bits count as one; no text is made of what is too long anyway.
    String text = parser.getTextLength() > 2 * maxChars ? null : parser.getText();
    if (text == null || text.codePointCount(0, text.length()) > maxChars) {
      refuse("invalid_" + field, "At most " + maxChars + " characters.");
      return null;
    }
    if (hasControls(text)) {
      refuse("invalid_" + field, "Control characters are not allowed.");
      return null;
    }
    return text.isBlank() ? null : text.strip();
  }

  /** Twice a line: a stream of its characters took longer than reading them. */
  private static boolean hasControls(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  private void readSeverity(JsonToken value) throws IOException {
    if (value == JsonToken.VALUE_NULL) {
      return;
    }
    long number = wholeNumber(value);
    if (number < 1 || number > 24) {
      refuse("invalid_severity", "A severity is a whole number from 1 to 24.");
    } else {
      severity = (int) number;
    }
  }

  private void readLineNumber(JsonToken value) throws IOException {
    if (value == JsonToken.VALUE_NULL) {
      return;
    }
    long number = wholeNumber(value);
    if (number < 0) {
      refuse("invalid_line_number", "A line number is a whole number from 0 to 2^63-1.");
    } else {
      clientLine = number;
    }
  }

  /** The number, or -1 for what is none that fits. */
  private long wholeNumber(JsonToken value) throws IOException {
    if (value != JsonToken.VALUE_NUMBER_INT
        || parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
      parser.skipChildren();
      return -1;
    }
    return parser.getLongValue();
  }

  private void readTimestamp(JsonToken value) throws IOException {
    if (value == JsonToken.VALUE_NULL) {
      return;
    }
    time =
        switch (value) {
          case VALUE_STRING ->
              timestamps.parse(
                  parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
          case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Timestamps.ofNumber(parser.getText());
          default -> {
            parser.skipChildren();
            yield Timestamps.INVALID;
          }
        };
    timeGiven = true;
    if (time == Timestamps.INVALID) {
      refuse(
          "invalid_timestamp",
          "Expected RFC 3339 with an offset, or seconds since 1970, in the years 1677 to 2262.");
    }
  }

  private void readFields(JsonToken value) throws IOException {
    if (value == JsonToken.VALUE_NULL) {
      return;
    }
    if (value != JsonToken.START_OBJECT) {
      refuse("invalid_fields", "Expected an object.");
      parser.skipChildren();
      return;
    }
    fields.clear();
    if (!fieldsCopy.value(parser)) {
      refuse("fields_too_deep", "At most " + LogLimits.FIELDS_DEPTH + " levels.");
    } else if (fields.size() > limits.fieldsBytes()) {
      refuse("fields_too_large", "At most " + limits.fieldsBytes() + " bytes of JSON.");
    } else if (fields.size() == 2) {
      // "{}" says nothing.
      fields.clear();
    }
  }
}
