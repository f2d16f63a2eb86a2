package io.binnacle.platform.control.log;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How an entry is written. Every entry ends with a line feed. */
enum EntryFormat {
  /** {@code 2026-11-21 08:15:30,123 - name - LEVEL - [request] message}, in local time. */
  FILE {
    @Override
    void append(LogEntry entry, StringBuilder out) {
      out.append(TIME.format(entry.time().atZone(ZoneId.systemDefault())))
          .append(" - ")
          .append(entry.logger())
          .append(" - ")
          .append(entry.level())
          .append(" - ");
      appendMessage(entry, out);
    }
  },

  /** {@code LEVEL: [request] message}. */
  CONSOLE {
    @Override
    void append(LogEntry entry, StringBuilder out) {
      out.append(entry.level()).append(": ");
      appendMessage(entry, out);
    }
  },

  /** One JSON object a line; the time is RFC 3339 in UTC. */
  JSON {
    @Override
    void append(LogEntry entry, StringBuilder out) {
      out.append("{\"time\":\"").append(entry.time()).append('"');
      appendField("level", entry.level().name(), out);
      appendField("logger", entry.logger(), out);
      appendField("request_id", entry.requestId(), out);
      appendField("message", entry.message(), out);
      appendField("exception", entry.exception(), out);
      out.append("}\n");
    }
  };

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss,SSS", Locale.ROOT);

  abstract void append(LogEntry entry, StringBuilder out);

  private static void appendMessage(LogEntry entry, StringBuilder out) {
    appendRequest(entry, out);
    appendOneLine(entry.message(), out);
    out.append('\n');
    String exception = entry.exception();
    if (exception != null) {
      exception.lines().forEach(line -> appendTrace(entry, line, out));
    }
  }

  /** Each line of a stack trace bears the id, so that a search for it finds them all. */
  private static void appendTrace(LogEntry entry, String line, StringBuilder out) {
    appendRequest(entry, out);
    appendOneLine(line, out);
    out.append('\n');
  }

  private static void appendRequest(LogEntry entry, StringBuilder out) {
    if (entry.requestId() != null) {
      out.append('[').append(entry.requestId()).append("] ");
    }
  }

  /** A message may quote what a stranger sent: it must not look like several entries. */
  private static void appendOneLine(String message, StringBuilder out) {
    for (int i = 0; i < message.length(); i++) {
      char c = message.charAt(i);
      switch (c) {
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        default -> {
          if (Character.isISOControl(c) && c != '\t') {
            out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
  }

  private static void appendField(String name, @Nullable String value, StringBuilder out) {
    if (value != null) {
      out.append(",\"").append(name).append("\":\"");
      JsonStringEncoder.getInstance().quoteAsString(value, out);
      out.append('"');
    }
  }
}
