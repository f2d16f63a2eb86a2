package io.binnacle.logs.control;

import java.util.ArrayList;
import java.util.List;

/** Keeps what it was told. */
class HeardViewer implements TailViewer {
  private final List<String> told = new ArrayList<>();

  /** What it was told, in a few words each. */
  List<String> told() {
    return told;
  }

  @Override
  public void deliver(TailFrame frame) {
    String lines = frame.items().stream().map(line -> " " + line.line()).reduce("", String::concat);
    told.add(
        frame.fromLine() + "-" + frame.toLine() + (frame.skipped() ? " skipped" : ":" + lines));
  }

  @Override
  public void cleared() {
    told.add("cleared");
  }

  @Override
  public void status(String status) {
    told.add(status);
  }
}
