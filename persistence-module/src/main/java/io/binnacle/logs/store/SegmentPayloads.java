package io.binnacle.logs.store;

import io.binnacle.logs.entity.SegmentInfo;
import io.binnacle.platform.store.RowWriter;
import io.binnacle.platform.store.Sql;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/**
 * The payloads of segments, in a table that scans of the metadata never touch. Their key is one
 * number that rises, and not the place of the segment: H2 would write an index more, with a page
 * for each stream of a commit, and MySQL would write all over the table instead of at its end.
 */
final class SegmentPayloads {
  /**
   * Payloads of one question: MySQL compares every row that it finds with all that are asked for.
   */
  private static final int MOST = 128;

  private static final RowWriter ROWS = new RowWriter("insert into log_payload (id, payload)", 2);

  private final DataSource dataSource;

  SegmentPayloads(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  void put(List<KeyedSegment> segments) {
    ROWS.write(
        dataSource,
        segments,
        (keyed, row) -> row.add(keyed.payloadId()).add(keyed.segment().encoded().payload()));
  }

  /** Those that exist, by their keys. */
  Map<Long, byte[]> get(List<SegmentInfo> infos) {
    Map<Long, byte[]> found = new HashMap<>();
    inParts(
        infos,
        (marks, keys) ->
            Sql.of(dataSource, "select id, payload from log_payload where id in " + marks, keys)
                .each(row -> found.put(row.getLong(1), row.getBytes(2))));
    return found;
  }

  /** Removes those of segments. */
  void delete(List<SegmentInfo> infos) {
    inParts(
        infos,
        (marks, keys) ->
            Sql.of(dataSource, "delete from log_payload where id in " + marks, keys).change());
  }

  private interface Part {
    void ask(String marks, Object[] keys);
  }

  private static void inParts(List<SegmentInfo> infos, Part part) {
    for (int from = 0; from < infos.size(); from += MOST) {
      List<SegmentInfo> some = infos.subList(from, Math.min(infos.size(), from + MOST));
      int marks = Marks.rounded(some.size());
      Object[] keys = new Object[marks];
      for (int i = 0; i < marks; i++) {
        keys[i] = some.get(Math.min(i, some.size() - 1)).payloadId();
      }
      part.ask("(" + Marks.of(marks, "?") + ")", keys);
    }
  }
}
