package io.binnacle.logs.boundary.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import io.binnacle.logs.control.LineBuffers;
import io.binnacle.logs.control.LineJson;
import io.binnacle.logs.control.LogAck;
import io.binnacle.logs.control.LogAddress;
import io.binnacle.logs.control.LogBatch;
import io.binnacle.logs.control.LogBatchReader;
import io.binnacle.logs.control.LogDeletion;
import io.binnacle.logs.control.LogDownload;
import io.binnacle.logs.control.LogIngestion;
import io.binnacle.logs.control.LogQuery;
import io.binnacle.logs.control.LogSearch;
import io.binnacle.logs.control.LogStatistics;
import io.binnacle.logs.entity.LineBuffer;
import io.binnacle.logs.entity.LogFilter;
import io.binnacle.logs.entity.LogLine;
import io.binnacle.logs.entity.LogPage;
import io.binnacle.logs.entity.LogSummary;
import io.binnacle.logs.entity.StreamSummary;
import io.binnacle.platform.boundary.rest.ContentLength;
import io.binnacle.platform.boundary.rest.InflatedBody;
import io.binnacle.platform.control.RefusedBatches;
import io.binnacle.platform.control.ingest.ByteBudget;
import io.binnacle.platform.entity.Page;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import io.binnacle.platform.entity.Times;
import io.binnacle.security.entity.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the addresses of a run's log and of a service's log have in common: everything but the
 * address.
 */
@ApplicationScoped
public class LogEndpoints {
  private static final String KIND = "logs";
  private static final int MAX_CONTEXT = 1_000;
  private static final int DEFAULT_CONTEXT = 10;
  private static final int SLOW_DOWN_SECONDS = 5;

  @Inject LogIngestion ingestion;
  @Inject LogSearch search;
  @Inject LogStatistics statistics;
  @Inject LogDeletion deletion;
  @Inject LogDownload download;
  @Inject RefusedBatches refused;
  @Inject Clock clock;

  private final LineBuffers buffers = new LineBuffers();
  private @Nullable LogBatchReader reader;

  CompletionStage<Response> batch(LogAddress log, HttpHeaders headers, InputStream body) {
    return store(
        log,
        headers,
        body,
        LogBatchReader::readBatch,
        (batch, ack) -> Response.ok(ack, MediaType.APPLICATION_JSON));
  }

  CompletionStage<Response> single(LogAddress log, HttpHeaders headers, InputStream body) {
    return store(
        log,
        headers,
        body,
        LogBatchReader::readLine,
        (batch, ack) ->
            ack.firstLine() == null
                ? Response.ok(ack, MediaType.APPLICATION_JSON)
                : Response.status(Response.Status.CREATED)
                    .type(MediaType.APPLICATION_JSON)
                    .entity(line(log, batch, ack)));
  }

  Response page(LogAddress log, UriInfo uri) {
    LogQuery query = new LogParameters(uri.getQueryParameters()).query();
    LogPage page = search.page(log.scope(), log.owner(), query);
    return answer(log, page, page.items());
  }

  Response latest(LogAddress log, UriInfo uri) {
    LogParameters parameters = new LogParameters(uri.getQueryParameters());
    LogPage page =
        search.page(
            log.scope(), log.owner(), LogQuery.newest(parameters.filter(), parameters.limit()));
    List<LogLine> oldestFirst = new ArrayList<>(page.items());
    Collections.reverse(oldestFirst);
    return answer(log, page, oldestFirst);
  }

  Response context(LogAddress log, UriInfo uri) {
    LogParameters parameters = new LogParameters(uri.getQueryParameters());
    String stream = parameters.one("stream");
    if (stream == null) {
      throw ProblemException.field("stream", "Name the stream of the line.");
    }
    long line = parameters.number("line", 0, 1, Long.MAX_VALUE);
    if (line == 0) {
      throw ProblemException.field("line", "Name the line.");
    }
    long before = parameters.number("before", DEFAULT_CONTEXT, 0, MAX_CONTEXT);
    long after = parameters.number("after", DEFAULT_CONTEXT, 0, MAX_CONTEXT);
    long last = line > Long.MAX_VALUE - after ? Long.MAX_VALUE : line + after;
    LogQuery query =
        new LogQuery(
            LogFilter.NONE,
            stream,
            Math.max(1, line - before),
            last,
            false,
            (int) (before + after + 1),
            null);
    LogPage page = search.page(log.scope(), log.owner(), query);
    return answer(log, page, page.items());
  }

  LogSummary summary(LogAddress log) {
    return statistics.summary(log.scope(), log.owner());
  }

  Page<StreamAnswer> streams(LogAddress log) {
    return Page.whole(statistics.streams(log.scope(), log.owner())).map(StreamAnswer::of);
  }

  Response download(LogAddress log, UriInfo uri, String fileName) {
    LogParameters parameters = new LogParameters(uri.getQueryParameters());
    LogDownload.Format format = LogDownload.Format.of(parameters.one("format"));
    LogQuery query = parameters.query();
    // Whatever is wrong with the query is told now, and not in the middle of a file.
    search.page(log.scope(), log.owner(), query);
    StreamingOutput output = out -> download.write(log, query, format, streamNames(log), out);
    return Response.ok(output, format.mediaType())
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            "attachment; filename=\"" + fileName + "." + format.extension() + "\"")
        .build();
  }

  void clear(Caller caller, LogAddress log) {
    deletion.clear(caller, log.scope(), log.owner());
  }

  private interface Reading {
    LogBatch read(LogBatchReader reader, InputStream body, LineBuffer lines, long received);
  }

  private CompletionStage<Response> store(
      LogAddress log,
      HttpHeaders headers,
      InputStream body,
      Reading reading,
      BiFunction<LogBatch, LogAck, Response.ResponseBuilder> answer) {
    try {
      return stored(log, headers, body, reading, answer);
    } catch (RuntimeException | Error e) {
      count(log, e);
      throw e;
    }
  }

  private CompletionStage<Response> stored(
      LogAddress log,
      HttpHeaders headers,
      InputStream body,
      Reading reading,
      BiFunction<LogBatch, LogAck, Response.ResponseBuilder> answer) {
    String encoding = headers.getHeaderString(HttpHeaders.CONTENT_ENCODING);
    ByteBudget.Reservation memory = IngestBody.reserve(ingestion, contentLength(headers), encoding);
    LineBuffers.Loan loan = buffers.take();
    try {
      LogBatch batch = read(body, encoding, reading, loan.lines());
      return ingestion
          .store(log.scope(), log.owner(), batch)
          .whenComplete(
              (ack, failure) -> {
                memory.release();
                if (failure != null) {
                  count(log, failure);
                }
              })
          .thenApply(ack -> slowedDown(answer.apply(batch, ack)).build())
          .whenComplete((response, failure) -> loan.giveBack());
    } catch (RuntimeException | Error e) {
      memory.release();
      throw e;
    }
  }

  private void count(LogAddress log, Throwable failure) {
    refused.count(log.scope().projectId(), KIND, failure);
  }

  private LogBatch read(
      InputStream body, @Nullable String encoding, Reading reading, LineBuffer lines) {
    long limit = ingestion.limits().bodyBytes();
    try (InputStream inflated = InflatedBody.open(body, encoding, limit)) {
      return reading.read(reader(), inflated, lines, Times.nanos(clock.instant()));
    } catch (IOException e) {
      throw ProblemException.of(ProblemType.MALFORMED_BODY, "The body is not valid gzip.");
    }
  }

  private LogBatchReader reader() {
    LogBatchReader known = reader;
    if (known == null) {
      known = new LogBatchReader(ingestion.limits());
      reader = known;
    }
    return known;
  }

  private Response.ResponseBuilder slowedDown(Response.ResponseBuilder response) {
    return ingestion.budget().crowded()
        ? response.header(HttpHeaders.RETRY_AFTER, SLOW_DOWN_SECONDS)
        : response;
  }

  private static long contentLength(HttpHeaders headers) {
    return ContentLength.of(headers.getHeaderString(HttpHeaders.CONTENT_LENGTH), -1);
  }

  private StreamingOutput line(LogAddress log, LogBatch batch, LogAck ack) {
    LineBuffer lines = batch.lines();
    int start = lines.textStart(0);
    int fieldsSize = lines.fieldsEnd(0) - lines.fieldsStart(0);
    long number = ack.firstLine() == null ? 0 : ack.firstLine();
    LogLine line =
        new LogLine(
            Long.parseLong(ack.stream()),
            number,
            lines.level(0).name(),
            lines.level(0).severity(),
            new String(lines.text(), start, lines.textEnd(0) - start, StandardCharsets.UTF_8),
            lines.time(0),
            lines.source(0),
            lines.clientLine(0),
            fieldsSize == 0
                ? null
                : new String(
                    lines.fields(), lines.fieldsStart(0), fieldsSize, StandardCharsets.UTF_8),
            lines.flags(0),
            lines.originalBytes(0));
    LineJson json = new LineJson(log, Map.of(line.streamId(), batch.header().stream()));
    return out -> {
      try (JsonGenerator generator = LineJson.generator(out)) {
        json.write(generator, line);
      }
    };
  }

  private Response answer(LogAddress log, LogPage page, List<LogLine> items) {
    LineJson json = new LineJson(log, streamNames(log));
    StreamingOutput output =
        out -> {
          try (JsonGenerator generator = LineJson.generator(out)) {
            generator.writeStartObject();
            generator.writeArrayFieldStart("items");
            for (LogLine line : items) {
              json.write(generator, line);
            }
            generator.writeEndArray();
            if (page.nextCursor() != null) {
              generator.writeStringField("next_cursor", page.nextCursor());
            }
            generator.writeNumberField("total", page.total());
            generator.writeBooleanField("total_exact", page.totalExact());
            generator.writeNumberField("scanned_bytes", page.scannedBytes());
            generator.writeBooleanField("complete", page.complete());
            generator.writeEndObject();
          }
        };
    return Response.ok(output, MediaType.APPLICATION_JSON).build();
  }

  private Map<Long, String> streamNames(LogAddress log) {
    return statistics.streams(log.scope(), log.owner()).stream()
        .collect(Collectors.toMap(s -> Long.valueOf(s.id()), StreamSummary::name));
  }
}
