package io.binnacle.logs.control.read;

import com.fasterxml.jackson.core.JsonGenerator;
import io.binnacle.logs.control.LineJson;
import io.binnacle.logs.control.LogAddress;
import io.binnacle.logs.entity.LogLine;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.Times;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a log to a stream, line by line: its size costs time and no memory. */
@ApplicationScoped
public class LogDownload {
  private static final int BUFFER_BYTES = 64 << 10;
  private static final byte[] CSV_HEADER =
      "stream,line_number,timestamp,level,source,message,fields\r\n"
          .getBytes(StandardCharsets.US_ASCII);

  @Inject LogSearch search;

  /** The forms of a download. */
  public enum Format {
    TXT("text/plain; charset=UTF-8"),
    JSON("application/json"),
    NDJSON("application/x-ndjson"),
    CSV("text/csv; charset=UTF-8");

    private final String mediaType;

    Format(String mediaType) {
      this.mediaType = mediaType;
    }

    /**
     * @throws ProblemException when there is no such format; none given is {@code txt}
     */
    public static Format of(@Nullable String name) {
      if (name == null) {
        return TXT;
      }
      for (Format format : values()) {
        if (format.extension().equals(name.toLowerCase(Locale.ROOT))) {
          return format;
        }
      }
      throw ProblemException.field("format", "One of txt, json, ndjson, csv.");
    }

    public String mediaType() {
      return mediaType;
    }

    public String extension() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private interface Row {
    void write(LogLine line) throws IOException;
  }

  /**
   * Writes every line that the query matches; leaves the stream open. What fails in the middle
   * can't be told with a status any more: the file says at its end that it is not whole. A JSON
   * array is left open instead.
   */
  public void write(
      LogAddress log,
      LogQuery query,
      Format format,
      Map<Long, String> streamNames,
      OutputStream target)
      throws IOException {
    OutputStream out = new BufferedOutputStream(target, BUFFER_BYTES);
    try {
      switch (format) {
        case TXT -> each(log, query, line -> text(out, line));
        case CSV -> {
          out.write(CSV_HEADER);
          each(log, query, line -> csv(out, line, streamNames));
        }
        case JSON -> json(log, query, new LineJson(log, streamNames), out);
        case NDJSON -> ndjson(log, query, new LineJson(log, streamNames), out);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (RuntimeException e) {
      endEarly(format, out, e);
      out.flush();
      throw e;
    }
    out.flush();
  }

  private static void endEarly(Format format, OutputStream out, RuntimeException failure)
      throws IOException {
    String reason =
        failure instanceof ProblemException refusal
            ? String.valueOf(refusal.getMessage())
            : "The next lines can't be read.";
    String told = "The download is not complete. " + reason;
    switch (format) {
      case TXT -> utf8(out, "[" + told + "]\n");
      case CSV -> {
        ascii(out, "\"\",,,,,");
        cell(out, told);
        ascii(out, ",\r\n");
      }
      case NDJSON -> {
        JsonGenerator generator = generator(out);
        generator.writeStartObject();
        generator.writeStringField("error", told);
        generator.writeEndObject();
        generator.writeRaw('\n');
        generator.close();
      }
      case JSON -> {}
    }
  }

  private void each(LogAddress log, LogQuery query, Row row) {
    search.each(
        log.scope(),
        log.owner(),
        query,
        line -> {
          try {
            row.write(line);
            return true;
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /** One array of all lines, which stays open when it is cut. */
  private void json(LogAddress log, LogQuery query, LineJson lines, OutputStream out)
      throws IOException {
    JsonGenerator generator = generator(out);
    generator.writeStartArray();
    objects(log, query, lines, generator);
    generator.writeEndArray();
    generator.close();
  }

  /** An object for each line. */
  private void ndjson(LogAddress log, LogQuery query, LineJson lines, OutputStream out)
      throws IOException {
    JsonGenerator generator = generator(out);
    objects(log, query, lines, generator);
    generator.close();
  }

  private void objects(LogAddress log, LogQuery query, LineJson lines, JsonGenerator generator)
      throws IOException {
    try {
      each(log, query, line -> object(generator, lines, line));
    } finally {
      // What follows a failure must not stand in the middle of a line.
      generator.flush();
    }
  }

  private static JsonGenerator generator(OutputStream out) throws IOException {
    JsonGenerator generator = LineJson.generator(out);
    generator.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    generator.setRootValueSeparator(null);
    return generator;
  }

  private static void object(JsonGenerator generator, LineJson lines, LogLine line)
      throws IOException {
    lines.write(generator, line);
    generator.writeRaw('\n');
  }

  private static void text(OutputStream out, LogLine line) throws IOException {
    String time = Times.instant(line.time()).toString();
    out.write('[');
    ascii(out, time.substring(11, 19));
    ascii(out, "] [");
    utf8(out, line.level());
    ascii(out, "] [");
    utf8(out, line.source());
    ascii(out, "] ");
    utf8(out, line.message());
    out.write('\n');
  }

  private static void csv(OutputStream out, LogLine line, Map<Long, String> streamNames)
      throws IOException {
    cell(out, streamNames.getOrDefault(line.streamId(), ""));
    out.write(',');
    ascii(out, Long.toString(line.line()));
    out.write(',');
    ascii(out, Times.instant(line.time()).toString());
    out.write(',');
    cell(out, line.level());
    out.write(',');
    cell(out, line.source());
    out.write(',');
    cell(out, line.message());
    out.write(',');
    cell(out, line.fieldsJson() == null ? "" : line.fieldsJson());
    ascii(out, "\r\n");
  }

  /** A quoted cell. What a spreadsheet would run as a formula begins with an apostrophe instead. */
  private static void cell(OutputStream out, String text) throws IOException {
    boolean formula = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
    out.write('"');
    if (formula) {
      out.write('\'');
    }
    utf8(out, text.indexOf('"') >= 0 ? text.replace("\"", "\"\"") : text);
    out.write('"');
  }

  private static void ascii(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void utf8(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }
}
