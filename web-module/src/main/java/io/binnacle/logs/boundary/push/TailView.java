package io.binnacle.logs.boundary.push;

import io.binnacle.logs.control.tail.TailFrame;
import io.binnacle.logs.control.tail.TailStart;
import io.binnacle.logs.control.tail.TailViewer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one viewer sees with one filter. Until its history is on the way, news wait; those that do
 * not fit are told as skipped when there is room.
 */
final class TailView implements TailViewer {
  /** A history that is slow to read must not gather the news of minutes. */
  private static final long MAX_EARLY_CHARS = 1 << 20;

  private final TailMessages messages;
  private final Outbox outbox;

  /** Ranges that did not fit, by stream. */
  private final Map<Long, TailFrame.Skipped> missed = new LinkedHashMap<>();

  /** The last line that was deleted, by stream: nothing up to it is shown any more. */
  private final Map<Long, Long> deleted = new HashMap<>();

  private final List<String> earlyNotes = new ArrayList<>();
  private final List<TailFrame> early = new ArrayList<>();
  private long earlyChars;
  private boolean begun;
  private boolean over;

  TailView(TailMessages messages, Outbox outbox) {
    this.messages = messages;
    this.outbox = outbox;
  }

  /** Shows the history and what came since it was asked for. */
  synchronized void begin(TailStart start) {
    outbox.force(messages.history(start));
    start.gone().forEach(frame -> outbox.force(TailMessages.gone(frame)));
    start.skipped().forEach(frame -> outbox.force(TailMessages.skipped(frame)));
    begun = true;
    earlyNotes.forEach(outbox::tell);
    earlyNotes.clear();
    early.forEach(this::send);
    early.clear();
  }

  /** Shows nothing more: another view takes its place, or the viewer has gone. */
  synchronized void end() {
    over = true;
    early.clear();
    missed.clear();
  }

  @Override
  public synchronized void deliver(TailFrame frame) {
    if (over) {
      return;
    }
    if (begun) {
      send(frame);
    } else {
      keep(frame);
    }
  }

  @Override
  public synchronized void cleared(Map<Long, Long> through) {
    through.forEach((stream, line) -> deleted.merge(stream, line, Math::max));
    note(TailMessages.deleted(through));
  }

  @Override
  public synchronized void status(String status) {
    note(TailMessages.status(status));
  }

  private void note(String message) {
    if (begun && !over) {
      outbox.tell(message);
    } else if (!over) {
      earlyNotes.add(message);
    }
  }

  private void keep(TailFrame frame) {
    if (frame instanceof TailFrame.Lines lines) {
      earlyChars += lines.size();
    }
    if (earlyChars > MAX_EARLY_CHARS) {
      early.forEach(this::miss);
      early.clear();
      miss(frame);
    } else {
      early.add(frame);
    }
  }

  private void send(TailFrame frame) {
    tellMissed();
    TailFrame left = frame.after(deletedThrough(frame));
    if (left != null && (missed.containsKey(left.stream()) || !offer(left))) {
      miss(left);
    }
  }

  private boolean offer(TailFrame frame) {
    if (frame instanceof TailFrame.Lines lines) {
      return lines.items().isEmpty() || outbox.offer(messages.of(lines));
    }
    return outbox.offer(TailMessages.skipped((TailFrame.Skipped) frame));
  }

  private long deletedThrough(TailFrame frame) {
    return deleted.getOrDefault(frame.stream(), 0L);
  }

  private void miss(TailFrame frame) {
    TailFrame.Skipped behind = missed.get(frame.stream());
    long from = behind == null ? frame.fromLine() : behind.fromLine();
    missed.put(frame.stream(), new TailFrame.Skipped(frame.stream(), from, frame.toLine()));
  }

  /** Tells what was missed as soon as half of the outbox is free. */
  synchronized void tellMissed() {
    if (begun && !missed.isEmpty() && outbox.hasRoom()) {
      missed.values().removeIf(this::isTold);
    }
  }

  private boolean isTold(TailFrame.Skipped range) {
    TailFrame.Skipped left = range.after(deletedThrough(range));
    return left == null || outbox.offer(TailMessages.skipped(left));
  }
}
