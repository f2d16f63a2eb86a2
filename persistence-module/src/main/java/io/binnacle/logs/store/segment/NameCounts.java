package io.binnacle.logs.store.segment;

import io.binnacle.logs.entity.LineBuffer.Level;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many lines of a segment have which level and source. The names stand in the metadata itself,
 * so summaries and filters need neither the payload nor a dictionary.
 */
public final class NameCounts {
  private NameCounts() {}

  /** Reads the counts by level. */
  public static Map<Level, Long> levels(byte[] encoded) {
    ByteCursor cursor = new ByteCursor(encoded, 0);
    Map<Level, Long> counts = new LinkedHashMap<>();
    for (int left = cursor.size(); left > 0; left--) {
      String name = cursor.text();
      counts.merge(new Level(name, cursor.next()), cursor.varint(), Long::sum);
    }
    return counts;
  }

  /** Reads the counts by source. */
  public static Map<String, Long> sources(byte[] encoded) {
    ByteCursor cursor = new ByteCursor(encoded, 0);
    Map<String, Long> counts = new HashMap<>();
    for (int left = cursor.size(); left > 0; left--) {
      counts.merge(cursor.text(), cursor.varint(), Long::sum);
    }
    return counts;
  }

  static byte[] ofLevels(Map<Level, Integer> counts) {
    Bytes bytes = new Bytes(64);
    bytes.varint(counts.size());
    counts.forEach(
        (level, count) -> {
          text(bytes, level.name());
          bytes.put(level.severity());
          bytes.varint(count);
        });
    return bytes.copy();
  }

  static byte[] ofSources(Map<String, Integer> counts) {
    Bytes bytes = new Bytes(64);
    bytes.varint(counts.size());
    counts.forEach(
        (source, count) -> {
          text(bytes, source);
          bytes.varint(count);
        });
    return bytes.copy();
  }

  static void text(Bytes bytes, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    bytes.varint(utf8.length);
    bytes.put(utf8, 0, utf8.length);
  }
}
