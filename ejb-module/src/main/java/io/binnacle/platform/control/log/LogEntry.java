package io.binnacle.platform.control.log;

import io.binnacle.platform.control.RequestId;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.text.MessageFormat;
import java.time.Instant;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the log, taken on the thread that logs: its parameters may change later, and its
 * request is known only there.
 *
 * @param exception the stack trace, or null
 * @param requestId null outside requests
 */
record LogEntry(
    Instant time,
    String logger,
    LogLevel level,
    @Nullable String requestId,
    String message,
    @Nullable String exception) {

  static LogEntry of(LogRecord record) {
    String logger = record.getLoggerName();
    Throwable thrown = record.getThrown();
    return new LogEntry(
        record.getInstant(),
        logger == null ? "" : logger,
        LogLevel.of(record.getLevel()),
        RequestId.current(),
        message(record),
        thrown == null ? null : stackTrace(thrown));
  }

  private static String message(LogRecord record) {
    String text = record.getMessage();
    if (text == null) {
      return "";
    }
    ResourceBundle bundle = record.getResourceBundle();
    if (bundle != null) {
      try {
        text = bundle.getString(text);
      } catch (MissingResourceException e) {
        text = record.getMessage();
      }
    }
    Object[] parameters = record.getParameters();
    if (parameters == null || parameters.length == 0) {
      return text;
    }
    try {
      return MessageFormat.format(text, parameters);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  private static String stackTrace(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
