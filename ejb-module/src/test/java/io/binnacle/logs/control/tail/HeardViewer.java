package io.binnacle.logs.control.tail;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Keeps what it was told. */
class HeardViewer implements TailViewer {
  private final List<String> told = new ArrayList<>();

  /** What it was told, in a few words each. */
  List<String> told() {
    return told;
  }

  @Override
  public void deliver(TailFrame frame) {
    String what =
        frame instanceof TailFrame.Lines lines
            ? lines.items().stream().map(line -> " " + line.line()).reduce(":", String::concat)
            : " skipped";
    told.add(frame.fromLine() + "-" + frame.toLine() + what);
  }

  @Override
  public void cleared(Map<Long, Long> through) {
    told.add("cleared " + through);
  }

  @Override
  public void status(String status) {
    told.add(status);
  }
}
