package io.binnacle.logs.boundary.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import io.binnacle.logs.control.LineJson;
import io.binnacle.logs.control.LogAddress;
import io.binnacle.logs.control.ingest.LineBuffers;
import io.binnacle.logs.control.ingest.LogAck;
import io.binnacle.logs.control.ingest.LogBatch;
import io.binnacle.logs.control.ingest.LogBatchReader;
import io.binnacle.logs.control.ingest.LogIngestion;
import io.binnacle.logs.control.read.LogQuery;
import io.binnacle.logs.control.read.LogSearch;
import io.binnacle.logs.entity.LineBuffer;
import io.binnacle.logs.entity.LogFilter;
import io.binnacle.logs.entity.LogLine;
import io.binnacle.platform.boundary.http.Problem;
import io.binnacle.platform.boundary.http.ProblemTranslation;
import io.binnacle.platform.boundary.rest.ContentLength;
import io.binnacle.platform.boundary.rest.InflatedBody;
import io.binnacle.platform.control.RefusedBatches;
import io.binnacle.platform.control.RequestId;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import io.binnacle.platform.entity.Times;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Takes batches and single lines in, for the addresses of runs and of services alike. */
@ApplicationScoped
public class LogIntake {
  private static final String KIND = "logs";
  private static final int SLOW_DOWN_SECONDS = 5;

  @Inject LogIngestion ingestion;
  @Inject LogSearch search;
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

  private static Response refusal(Throwable failure, @Nullable String requestId) {
    return Problem.response(ProblemTranslation.of(failure), requestId);
  }

  private CompletionStage<Response> stored(
      LogAddress log,
      HttpHeaders headers,
      InputStream body,
      Reading reading,
      BiFunction<LogBatch, LogAck, Response.ResponseBuilder> answer) {
    String requestId = RequestId.current();
    String encoding = headers.getHeaderString(HttpHeaders.CONTENT_ENCODING);
    IngestMemory memory = IngestMemory.take(ingestion.budget(), announcedBytes(headers));
    LineBuffers.Loan loan = buffers.take();
    try {
      LogBatch batch = read(body, encoding, reading, loan.lines(), memory);
      memory.settle(loan.lines());
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
          // An answer and no failure: of those the implementation of JAX-RS logs an error of its
          // own.
          .exceptionally(failure -> RequestId.during(requestId, () -> refusal(failure, requestId)))
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
      InputStream body,
      @Nullable String encoding,
      Reading reading,
      LineBuffer lines,
      IngestMemory memory) {
    long limit = ingestion.limits().bodyBytes();
    try (InputStream inflated =
        memory.growingWith(InflatedBody.open(body, encoding, limit), lines)) {
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

  private long announcedBytes(HttpHeaders headers) {
    long limit = ingestion.limits().bodyBytes();
    long length = ContentLength.of(headers.getHeaderString(HttpHeaders.CONTENT_LENGTH), -1);
    if (length > limit) {
      throw ProblemException.bodyTooLarge(limit);
    }
    return length;
  }

  private StreamingOutput line(LogAddress log, LogBatch batch, LogAck ack) {
    long number = ack.firstLine() == null ? 0 : ack.firstLine();
    LogLine line =
        ack.kind() == LogAck.Kind.STORED
            ? line(batch, ack, number)
            : stored(log, batch, ack, number);
    LineJson json = new LineJson(log, Map.of(line.streamId(), batch.header().stream()));
    return out -> {
      try (JsonGenerator generator = LineJson.generator(out)) {
        json.write(generator, line);
      }
    };
  }

  /** The line as it was stored the first time, which may have been given another time. */
  private LogLine stored(LogAddress log, LogBatch batch, LogAck ack, long number) {
    LogQuery query = new LogQuery(LogFilter.NONE, ack.stream(), number, number, false, 1, null);
    return search.page(log.scope(), log.owner(), query).items().stream()
        .findFirst()
        .orElseGet(() -> line(batch, ack, number));
  }

  private static LogLine line(LogBatch batch, LogAck ack, long number) {
    return batch.lines().lineAt(0, Long.parseLong(ack.stream()), number);
  }
}
