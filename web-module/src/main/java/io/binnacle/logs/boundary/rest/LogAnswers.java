package io.binnacle.logs.boundary.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import io.binnacle.logs.control.LineJson;
import io.binnacle.logs.control.LogAddress;
import io.binnacle.logs.control.read.LogDownload;
import io.binnacle.logs.control.read.LogQuery;
import io.binnacle.logs.control.read.LogSearch;
import io.binnacle.logs.control.read.LogStatistics;
import io.binnacle.logs.entity.LogFilter;
import io.binnacle.logs.entity.LogLine;
import io.binnacle.logs.entity.LogPage;
import io.binnacle.logs.entity.LogSummary;
import io.binnacle.platform.entity.Page;
import io.binnacle.platform.entity.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Shows what is in a log, for the addresses of runs and of services alike. */
@ApplicationScoped
public class LogAnswers {
  private static final int MAX_CONTEXT = 1_000;
  private static final int DEFAULT_CONTEXT = 10;

  @Inject LogSearch search;
  @Inject LogStatistics statistics;
  @Inject LogDownload download;

  Response page(LogAddress log, UriInfo uri) {
    LogParameters parameters = LogParameters.of(uri);
    LogQuery query = parameters.page();
    parameters.refuseOthers();
    LogPage page = search.page(log.scope(), log.owner(), query);
    return answer(log, page, page.items());
  }

  Response latest(LogAddress log, UriInfo uri) {
    LogParameters parameters = LogParameters.of(uri);
    LogQuery query =
        LogQuery.newest(parameters.filter(), parameters.one("stream"), parameters.limit());
    parameters.refuseOthers();
    LogPage page = search.page(log.scope(), log.owner(), query);
    List<LogLine> oldestFirst = new ArrayList<>(page.items());
    Collections.reverse(oldestFirst);
    return answer(log, page, oldestFirst);
  }

  Response context(LogAddress log, UriInfo uri) {
    LogParameters parameters = LogParameters.of(uri);
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
    parameters.refuseOthers();
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

  LogSummary summary(LogAddress log, UriInfo uri) {
    LogParameters.of(uri).refuseOthers();
    return statistics.summary(log.scope(), log.owner());
  }

  Page<StreamAnswer> streams(LogAddress log) {
    return Page.whole(statistics.streams(log.scope(), log.owner())).map(StreamAnswer::of);
  }

  Response download(LogAddress log, UriInfo uri, String fileName) {
    LogParameters parameters = LogParameters.of(uri);
    LogDownload.Format format = LogDownload.Format.of(parameters.one("format"));
    LogQuery query = parameters.whole();
    parameters.refuseOthers();
    // Whatever is wrong with the query is told now, and not in the middle of a file.
    search.page(log.scope(), log.owner(), query);
    StreamingOutput output = out -> download.write(log, query, format, streamNames(log), out);
    return Response.ok(output, format.mediaType())
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            "attachment; filename=\"" + fileName + "." + format.extension() + "\"")
        .build();
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
            generator.writeStringField("next_cursor", page.nextCursor());
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
    return statistics.streamNames(log.scope(), log.owner());
  }
}
