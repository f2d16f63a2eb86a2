package io.binnacle.logs.store;

import io.binnacle.platform.store.RowWriter;
import io.binnacle.platform.store.Sql;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** The windows of senders. They are read and written under the lock of their stream. */
@ApplicationScoped
public class LogClients {
  /** Keys of one question: MySQL compares every row that it finds with all of them. */
  private static final int MOST_KEYS = 128;

  /** On both databases a row that is there is changed, not removed and written anew. */
  private static final RowWriter ROWS =
      new RowWriter("replace into log_client (recent, seen_day, stream_id, client_id, part)", 5);

  private static final long DAY_NANOS = TimeUnit.DAYS.toNanos(1);

  @Resource(lookup = "jdbc/binnacle")
  DataSource dataSource;

  /** For the container. */
  public LogClients() {}

  /** For use outside a container. */
  public LogClients(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * A part of the window of a sender in a stream.
   *
   * @param part from {@link ClientWindow#part}
   */
  public record Key(long streamId, String clientId, int part) {}

  /** The parts that exist. */
  public Map<Key, ClientWindow> read(Collection<Key> keys) {
    Map<Key, ClientWindow> windows = new HashMap<>();
    List<Key> all = List.copyOf(keys);
    for (int from = 0; from < all.size(); from += MOST_KEYS) {
      read(all.subList(from, Math.min(all.size(), from + MOST_KEYS)), windows);
    }
    return windows;
  }

  private void read(List<Key> keys, Map<Key, ClientWindow> windows) {
    int marks = Marks.rounded(keys.size());
    // Pairs joined by "or" let H2 read the whole table, and two lists MySQL.
    String sql =
        "select stream_id, client_id, part, recent from log_client"
            + " where (stream_id, client_id, part) in ("
            + Marks.of(marks, "(?, ?, ?)")
            + ")";
    Object[] values = new Object[3 * marks];
    for (int i = 0; i < marks; i++) {
      Key key = keys.get(Math.min(i, keys.size() - 1));
      values[3 * i] = key.streamId();
      values[3 * i + 1] = key.clientId();
      values[3 * i + 2] = key.part();
    }
    Sql.of(dataSource, sql, values)
        .each(
            row -> {
              Key key = new Key(row.getLong(1), row.getString(2), row.getInt(3));
              windows.put(key, ClientWindow.decode(row.getBytes(4)));
            });
  }

  /**
   * Writes parts, whether they exist or not.
   *
   * @param now nanoseconds since 1970
   */
  public void put(Map<Key, ClientWindow> windows, long now) {
    ROWS.write(
        dataSource,
        List.copyOf(windows.entrySet()),
        (entry, row) ->
            row.add(entry.getValue().encode())
                .add(day(now))
                .add(entry.getKey().streamId())
                .add(entry.getKey().clientId())
                .add(entry.getKey().part()));
  }

  /**
   * Removes parts into which nothing was written for a long time: a sender may have a new id with
   * each of its starts.
   *
   * @param time nanoseconds since 1970; parts of its day stay
   * @return how many there were, at most {@code limit}
   */
  public int removeUnusedSince(long time, int limit) {
    String sql = "delete from log_client where seen_day < ? limit ?";
    return Sql.of(dataSource, sql, day(time), limit).change();
  }

  /**
   * Removes parts of a deleted stream.
   *
   * @return how many there were, at most {@code limit}
   */
  public int removeSome(long streamId, int limit) {
    String sql = "delete from log_client where stream_id = ? limit ?";
    return Sql.of(dataSource, sql, streamId, limit).change();
  }

  private static int day(long time) {
    return (int) Math.floorDiv(time, DAY_NANOS);
  }
}
