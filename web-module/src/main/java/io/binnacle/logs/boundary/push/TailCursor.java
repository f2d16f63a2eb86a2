package io.binnacle.logs.boundary.push;

import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The place of a viewer on the wire: the id of the newest line seen of each stream. */
final class TailCursor {
  private TailCursor() {}

  /** A cursor of the last lines seen. */
  static String of(Map<Long, Long> lastLines) {
    return new TreeMap<>(lastLines)
        .entrySet().stream()
            .map(entry -> entry.getKey() + ":" + entry.getValue())
            .collect(Collectors.joining(","));
  }

  /**
   * The last lines seen, by stream.
   *
   * @throws ProblemException {@code invalid_cursor}
   */
  static Map<Long, Long> parse(String cursor) {
    Map<Long, Long> lines = new HashMap<>();
    try {
      for (String id : cursor.split(",")) {
        int colon = id.indexOf(':');
        long line = Long.parseLong(id.substring(colon + 1));
        if (line < 0 || line == Long.MAX_VALUE) {
          throw invalid();
        }
        lines.merge(Long.parseLong(id.substring(0, Math.max(colon, 0))), line, Math::max);
      }
      return lines;
    } catch (NumberFormatException e) {
      throw invalid();
    }
  }

  private static ProblemException invalid() {
    return ProblemException.of(
        ProblemType.INVALID_CURSOR, "A cursor is a list of line ids, <stream>:<line>,…");
  }
}
