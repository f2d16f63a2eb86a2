package io.binnacle.logs.boundary.push;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.logs.control.LogAddress;
import io.binnacle.logs.control.tail.LogTail;
import io.binnacle.logs.control.tail.TailQuery;
import io.binnacle.logs.control.tail.TailStart;
import io.binnacle.logs.control.tail.TailViewer;
import io.binnacle.logs.entity.LogLine;
import io.binnacle.logs.entity.LogOwner;
import io.binnacle.logs.entity.OwnerKind;
import io.binnacle.security.entity.ProjectScope;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TailConnectionTest {
  private static final LogAddress LOG =
      new LogAddress(ProjectScope.granted(7), new LogOwner(OwnerKind.RUN, 100), "run_id", "r");
  private static final String FILTER = "{\"type\":\"filter\"}";
  private static final int MESSAGES = 100;

  /** Where viewers sit down, and what each of them asked for. */
  private static final class FakeTail extends LogTail {
    private final List<TailQuery> queries = new ArrayList<>();
    private final List<@Nullable Map<Long, Long>> places = new ArrayList<>();
    private List<LogLine> history = List.of();
    private int seated;

    @Override
    public Opened open(
        LogAddress log, TailQuery query, @Nullable Map<Long, Long> from, TailViewer viewer) {
      queries.add(query);
      places.add(from);
      seated++;
      return new Opened(
          () -> seated--,
          new TailStart(history, List.of(), List.of(), Map.of(1L, "main"), Map.of(1L, 2L)));
    }
  }

  private final List<String> sent = new ArrayList<>();
  private final Deque<SendHandler> underWay = new ArrayDeque<>();
  private final Outbox outbox =
      new Outbox(
          (message, done) -> {
            sent.add(message);
            underWay.add(done);
          });
  private final FakeTail tail = new FakeTail();
  private final TailConnection connection = new TailConnection(tail, LOG, outbox);

  @Test
  void whoReadsNothingGetsNoMoreHistoriesThanFit() {
    tail.history = List.of(line("x".repeat(2 << 20)));
    connection.begin(TailQuery.ALL, null);

    for (int i = 0; i < MESSAGES; i++) {
      connection.received(FILTER);
      connection.received("{\"type\":\"resume\",\"from\":\"1:1\"}");
    }

    assertTrue(tail.queries.size() <= 3, tail.queries.size() + " histories were made");
    assertEquals(1, tail.seated);
    assertEquals("too_many_requests", lastCode());
  }

  @Test
  void whoReadsAgainMayAskAgain() {
    tail.history = List.of(line("x".repeat(5 << 20)));
    connection.begin(TailQuery.ALL, null);
    connection.received(FILTER);
    assertEquals("too_many_requests", lastCode());

    connection.received(FILTER);

    assertEquals(2, tail.queries.size());
  }

  @Test
  void theFieldsOfAFilterMayBeTextsNumbersFlagsAndArrays() {
    connection.begin(TailQuery.ALL, null);

    connection.received(
        """
        {"type":"filter","level":["error","Info"],"search":"a,b","ignore_case":true,"stream":7,
         "source":null}""");

    TailQuery query = tail.queries.get(1);
    assertEquals(Set.of("ERROR", "INFO"), query.filter().levels());
    assertEquals("a,b", query.filter().search());
    assertTrue(query.filter().ignoreCase());
    assertEquals(Set.of(), query.filter().sources());
    assertEquals("7", query.stream());
  }

  @Test
  void aCursorOfTenThousandStreamsIsTaken() {
    connection.begin(TailQuery.ALL, null);
    long first = Long.MAX_VALUE - 10_000;
    String cursor =
        LongStream.range(first, first + 10_000)
            .mapToObj(stream -> stream + ":123456789012")
            .collect(Collectors.joining(","));

    connection.received("{\"type\":\"resume\",\"from\":\"" + cursor + "\"}");

    Map<Long, Long> place = tail.places.get(1);
    assertEquals(10_000, place == null ? 0 : place.size());
  }

  @Test
  void whatIsNoMessageIsToldAndChangesNothing() {
    connection.begin(TailQuery.ALL, null);

    assertEquals("malformed_body", codeAfter("[]"));
    assertEquals("malformed_body", codeAfter("{\"type\":" + "[".repeat(20_000)));
    assertEquals("malformed_body", codeAfter("{\"type\":\"pong\"} more"));
    assertEquals("malformed_body", codeAfter("{\"type\":\"pong"));
    assertEquals("invalid_field", codeAfter("{\"type\":\"hello\"}"));
    assertEquals("invalid_field", codeAfter("{\"type\":\"filter\",\"level\":{\"is\":\"INFO\"}}"));
    assertEquals("invalid_field", codeAfter(padded("filter", 64 << 10)));
    assertEquals("invalid_field", codeAfter(padded("resume", 512 << 10)));
    assertEquals(1, tail.queries.size());
  }

  private static String padded(String type, int chars) {
    return "{\"type\":\"" + type + "\",\"from\":\"" + "x".repeat(chars) + "\"}";
  }

  private String codeAfter(String message) {
    connection.received(message);
    return lastCode();
  }

  /** The code of the last message, when everything on the way arrived. */
  private String lastCode() {
    for (SendHandler done = underWay.poll(); done != null; done = underWay.poll()) {
      done.onResult(new SendResult());
    }
    Matcher code = Pattern.compile("\"code\":\"(\\w+)\"").matcher(sent.get(sent.size() - 1));
    return code.find() ? code.group(1) : "none";
  }

  private static LogLine line(String message) {
    return new LogLine(1, 1, "INFO", 9, message, 1, "stdout", 0, null, 0, 0);
  }
}
