package io.binnacle.bench.work;

import io.binnacle.bench.load.Sender;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Who sends a load, and the check afterwards that all of it arrived. */
final class Senders {
  private Senders() {}

  /** Processes spread over so many new runs, each with a stream of its own. */
  static List<Sender> overRuns(Logs logs, String name, int senders, int runs) {
    List<String> paths = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      paths.add(logs.newRun(name + "-" + i));
    }
    List<Sender> all = new ArrayList<>();
    for (int i = 0; i < senders; i++) {
      all.add(new Sender(paths.get(i % runs), "rank-" + i / runs, clientId()));
    }
    return all;
  }

  /** Several connections that fill one stream together. */
  static List<Sender> ofOneStream(String logsPath, String stream, int senders) {
    List<Sender> all = new ArrayList<>();
    for (int i = 0; i < senders; i++) {
      all.add(new Sender(logsPath, stream, clientId()));
    }
    return all;
  }

  private static String clientId() {
    return UUID.randomUUID().toString();
  }

  /** Whether the summaries of the runs hold as many lines as were acknowledged, in words. */
  static String verify(Logs logs, List<Sender> senders, long acknowledged) {
    Set<String> paths = new LinkedHashSet<>();
    senders.forEach(sender -> paths.add(sender.logsPath()));
    long stored = paths.stream().mapToLong(logs::total).sum();
    return stored == acknowledged
        ? "all stored"
        : "STORED " + stored + " OF " + acknowledged + " ACKNOWLEDGED";
  }
}
