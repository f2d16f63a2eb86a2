package io.binnacle.logs.boundary.push;

import io.binnacle.logs.boundary.rest.LogParameters;
import io.binnacle.logs.control.LogAddress;
import io.binnacle.logs.control.LogStatistics;
import io.binnacle.logs.control.LogTail;
import io.binnacle.logs.control.TailFrame;
import io.binnacle.logs.control.TailViewer;
import io.binnacle.logs.entity.LogFilter;
import io.binnacle.logs.entity.StreamSummary;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One viewer: what it wants to see, what is on the way to it, and what it had to miss. */
final class TailConnection implements TailViewer {
  private static final int MAX_MESSAGE_CHARS = 64 << 10;

  private final LogTail tail;
  private final LogStatistics statistics;
  private final LogAddress log;
  private final Outbox outbox;
  private final AtomicLong heardAt = new AtomicLong(System.nanoTime());

  /** Ranges that did not fit into the outbox, by stream; told when there is room again. */
  private final Map<Long, TailFrame> missed = new LinkedHashMap<>();

  private LogTail.@Nullable Seat seat;
  private @Nullable TailMessages messages;

  /** Frames that came before the history was on its way. */
  private final Deque<TailFrame> early = new ArrayDeque<>();

  private LogFilter filter = LogFilter.NONE;
  private boolean begun;

  TailConnection(LogTail tail, LogStatistics statistics, LogAddress log, Outbox outbox) {
    this.tail = tail;
    this.statistics = statistics;
    this.log = log;
    this.outbox = outbox;
  }

  /** Begins, or begins again with another filter or place. */
  void begin(LogFilter wanted, @Nullable Map<Long, Long> from) {
    // First of all: whose new filter is no good keeps the old one, and the seat.
    tail.check(wanted);
    filter = wanted;
    LogTail.Seat before = seat;
    if (before != null) {
      before.close();
    }
    synchronized (this) {
      begun = false;
      early.clear();
      missed.clear();
      messages = new TailMessages(log, this::names);
    }
    LogTail.Opened opened = tail.open(log, wanted, from, this);
    seat = opened.seat();
    synchronized (this) {
      TailMessages current = messages();
      outbox.force(current.history(opened.start()));
      opened.start().gone().forEach(frame -> outbox.force(TailMessages.gone(frame)));
      opened.start().skipped().forEach(frame -> outbox.force(TailMessages.skipped(frame)));
      begun = true;
      early.forEach(this::send);
      early.clear();
    }
  }

  /** Takes a message of the viewer. */
  void received(String text) {
    heardAt.set(System.nanoTime());
    try {
      JsonObject message = parse(text);
      switch (message.getString("type", "")) {
        case "pong" -> {}
        case "filter" -> begin(filter(message), null);
        case "resume" -> begin(filter, TailCursor.parse(message.getString("from", "")));
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

  void end() {
    LogTail.Seat taken = seat;
    if (taken != null) {
      taken.close();
    }
    outbox.close();
  }

  @Override
  public synchronized void deliver(TailFrame frame) {
    if (begun) {
      send(frame);
    } else {
      early.add(frame);
    }
  }

  @Override
  public void cleared() {
    outbox.offer(TailMessages.deleted());
  }

  @Override
  public void status(String status) {
    outbox.offer(TailMessages.status(status));
  }

  private void send(TailFrame frame) {
    tellMissed();
    if (frame.items().isEmpty() && !frame.skipped()) {
      return;
    }
    TailFrame behind = missed.get(frame.stream());
    if (behind != null || !outbox.offer(messages().of(frame))) {
      long from = behind == null ? frame.fromLine() : behind.fromLine();
      missed.put(
          frame.stream(), new TailFrame(frame.stream(), from, frame.toLine(), List.of(), true));
    }
  }

  /** Tells what was missed as soon as half of the outbox is free. */
  synchronized void tellMissed() {
    if (!missed.isEmpty() && outbox.hasRoom()) {
      missed.values().removeIf(frame -> outbox.offer(TailMessages.skipped(frame)));
    }
  }

  private TailMessages messages() {
    TailMessages current = messages;
    if (current == null) {
      throw new IllegalStateException("The tail has not begun");
    }
    return current;
  }

  private Map<Long, String> names() {
    Map<Long, String> names = new HashMap<>();
    for (StreamSummary stream : statistics.streams(log.scope(), log.owner())) {
      names.put(Long.valueOf(stream.id()), stream.name());
    }
    return names;
  }

  private static JsonObject parse(String text) {
    if (text.length() > MAX_MESSAGE_CHARS) {
      throw ProblemException.limit(
          "message", MAX_MESSAGE_CHARS, "At most " + MAX_MESSAGE_CHARS + " characters.");
    }
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    } catch (JsonException | IllegalStateException | ClassCastException e) {
      throw ProblemException.of(ProblemType.MALFORMED_BODY, "A message is one JSON object.");
    }
  }

  /** The fields of a filter message mean what the query parameters of the same names mean. */
  private static LogFilter filter(JsonObject message) {
    Map<String, List<String>> parameters = new HashMap<>();
    message.forEach((name, value) -> parameters.put(name, texts(value)));
    return new LogParameters(parameters).filter();
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
