package io.binnacle.logs.boundary.push;

import io.binnacle.logs.control.LogAddress;
import io.binnacle.logs.control.tail.LogTail;
import io.binnacle.logs.control.tail.TailQuery;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One viewer: what it wants to see, and the seat from which it sees it. */
final class TailConnection {
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
      TailRequest request = TailRequest.parse(text);
      switch (request.type()) {
        case "pong" -> {}
        case "filter" -> beginAgain(request.query(), null);
        case "resume" -> beginAgain(query(), request.from());
        default -> throw ProblemException.field("type", "One of filter, resume, pong.");
      }
    } catch (ProblemException e) {
      outbox.tell(TailMessages.error(e));
    }
  }

  /** Each answer is large, and whoever reads none of them could ask for any number. */
  private void beginAgain(TailQuery wanted, @Nullable Map<Long, Long> from) {
    if (!outbox.hasRoomForHistory()) {
      throw ProblemException.of(
          ProblemType.TOO_MANY_REQUESTS, "Read what is on its way before asking for more.");
    }
    begin(wanted, from);
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
}
