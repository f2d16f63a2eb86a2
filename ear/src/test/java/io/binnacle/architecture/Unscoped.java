package io.binnacle.architecture;

import java.util.Map;

/**
 * Public store methods that answer with owned data and take no scope of a project, and why they
 * may. A line here is a decision; any other method takes a {@code ProjectScope}.
 */
final class Unscoped {
  private static final String FINDS_THE_PROJECT = "it finds the project that access is checked for";
  private static final String MAINTENANCE = "a timer or a commit works for all projects";
  private static final String VISIBLE = "it takes the set of projects that the caller may see";
  private static final String PROVED = "its argument was read with a scope";

  static final Map<String, String> METHODS =
      Map.ofEntries(
          Map.entry("LogClients.read", MAINTENANCE),
          Map.entry("LogClients.removeSome", MAINTENANCE),
          Map.entry("LogClients.removeUnusedSince", MAINTENANCE),
          Map.entry("LogCommits.after", MAINTENANCE),
          Map.entry("LogCommits.last", MAINTENANCE),
          Map.entry("LogCommits.removeBefore", MAINTENANCE),
          Map.entry("LogSegments.open", PROVED),
          Map.entry("LogStreams.lock", MAINTENANCE),
          Map.entry("LogStreams.sizes", MAINTENANCE),
          Map.entry("LogStreams.withGarbage", MAINTENANCE),
          Map.entry("Projects.list", VISIBLE),
          Map.entry("Projects.count", VISIBLE),
          Map.entry("Projects.find", FINDS_THE_PROJECT),
          Map.entry("Projects.isTaken", FINDS_THE_PROJECT),
          Map.entry("Projects.lock", PROVED),
          Map.entry("Projects.nextNumber", MAINTENANCE),
          Map.entry("Projects.toPurge", MAINTENANCE),
          Map.entry("Projects.withRetention", MAINTENANCE),
          Map.entry("Runs.activity", VISIBLE),
          Map.entry("Runs.count", VISIBLE),
          Map.entry("Runs.find", FINDS_THE_PROJECT),
          Map.entry("Runs.headings", VISIBLE),
          Map.entry("Runs.holdLiving", PROVED),
          Map.entry("Runs.identity", FINDS_THE_PROJECT),
          Map.entry("Runs.list", VISIBLE),
          Map.entry("Runs.lock", PROVED),
          Map.entry("Runs.silentSince", MAINTENANCE),
          Map.entry("Runs.toPurge", MAINTENANCE),
          Map.entry("SegmentUpkeep.after", MAINTENANCE),
          Map.entry("SegmentUpkeep.oldest", MAINTENANCE),
          Map.entry("SegmentUpkeep.remove", PROVED),
          Map.entry("SegmentUpkeep.run", MAINTENANCE),
          Map.entry("SegmentUpkeep.through", MAINTENANCE));

  private Unscoped() {}
}
