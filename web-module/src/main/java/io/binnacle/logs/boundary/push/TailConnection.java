package io.binnacle.logs.boundary.push;

import io.binnacle.logs.boundary.rest.LogParameters;
import io.binnacle.logs.control.LogAddress;
import io.binnacle.logs.control.LogTail;
import io.binnacle.logs.control.TailQuery;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One viewer: what it wants to see, and the seat from which it sees it. */
final class TailConnection {
  private static final int MAX_MESSAGE_CHARS = 64 << 10;

  private final LogTail tail;
  private final LogAddress log;
  private final Outbox outbox;
  private final AtomicLong heardAt = new AtomicLong(System.nanoTime());

  private TailQuery query = TailQuery.ALL;
  private @Nullable TailView view;
  private LogTail.@Nullable Seat seat;
  private boolean ended;

  TailConnection(LogTail tail, LogAddress log, Outbox outbox) {
    this.tail = tail;
    this.log = log;
    this.outbox = outbox;
  }

  /**
   * Begins, or begins again with another filter or place.
   *
   * @throws ProblemException when that can't be; then everything stays as it was
   */
  void begin(TailQuery wanted, @Nullable Map<Long, Long> from) {
    TailView next = new TailView(new TailMessages(log), outbox);
    LogTail.Opened opened = tail.open(log, wanted, from, next);
    if (sitDown(wanted, next, opened.seat())) {
      next.begin(opened.start());
    } else {
      opened.seat().close();
    }
  }

  /** Changes to another seat; false when the viewer has gone meanwhile. */
  private synchronized boolean sitDown(TailQuery wanted, TailView next, LogTail.Seat taken) {
    if (ended) {
      return false;
    }
    standUp();
    query = wanted;
    view = next;
    seat = taken;
    return true;
  }

  private void standUp() {
    if (view != null) {
      view.end();
    }
    if (seat != null) {
      seat.close();
    }
  }

  /** Takes a message of the viewer. */
  void received(String text) {
    heardAt.set(System.nanoTime());
    try {
      JsonObject message = parse(text);
      switch (message.getString("type", "")) {
        case "pong" -> {}
        case "filter" -> begin(query(message), null);
        case "resume" -> begin(query(), TailCursor.parse(message.getString("from", "")));
        default -> throw ProblemException.field("type", "One of filter, resume, pong.");
      }
    } catch (ProblemException e) {
      outbox.offer(TailMessages.error(e));
    }
  }

  /** Notes that the viewer lives. */
  void heard() {
    heardAt.set(System.nanoTime());
  }

  /** How long nothing was heard, in nanoseconds. */
  long silentFor(long now) {
    return now - heardAt.get();
  }

  /** Tells what was missed, if there is room for it. */
  void tellMissed() {
    TailView current = view();
    if (current != null) {
      current.tellMissed();
    }
  }

  /** The viewer has gone. */
  synchronized void end() {
    ended = true;
    standUp();
    outbox.close();
  }

  private synchronized @Nullable TailView view() {
    return view;
  }

  private synchronized TailQuery query() {
    return query;
  }

  private static JsonObject parse(String text) {
    if (text.length() > MAX_MESSAGE_CHARS) {
      throw ProblemException.limit(
          "message", MAX_MESSAGE_CHARS, "At most " + MAX_MESSAGE_CHARS + " characters.");
    }
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    } catch (RuntimeException e) {
      // Beside its own exception the parser throws others, such as for what is nested too deep.
      throw ProblemException.of(ProblemType.MALFORMED_BODY, "A message is one JSON object.");
    }
  }

  /** The fields of a filter message mean what the query parameters of the same names mean. */
  private static TailQuery query(JsonObject message) {
    Map<String, List<String>> parameters = new HashMap<>();
    message.forEach((name, value) -> parameters.put(name, texts(value)));
    return new LogParameters(parameters).tail();
  }

  private static List<String> texts(JsonValue value) {
    if (value instanceof JsonArray array) {
      return array.stream().map(TailConnection::text).toList();
    }
    return List.of(text(value));
  }

  private static String text(JsonValue value) {
    if (value == JsonValue.NULL) {
      return "";
    }
    return value instanceof JsonString string ? string.getString() : value.toString();
  }
}
