package io.binnacle.logs.store;

import io.binnacle.platform.store.StoreException;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** The windows of senders. They are read and written under the lock of their stream. */
@ApplicationScoped
public class LogClients {
  /** Keys of one question: MySQL compares every row that it finds with all of them. */
  private static final int MOST_KEYS = 128;

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
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < marks; i++) {
        Key key = keys.get(Math.min(i, keys.size() - 1));
        statement.setLong(3 * i + 1, key.streamId());
        statement.setString(3 * i + 2, key.clientId());
        statement.setInt(3 * i + 3, key.part());
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          windows.put(
              new Key(rows.getLong(1), rows.getString(2), rows.getInt(3)),
              ClientWindow.decode(rows.getBytes(4)));
        }
      }
    } catch (SQLException e) {
      throw new StoreException("The senders can't be read", e);
    }
  }

  /** Writes parts that were read. */
  public void update(Map<Key, ClientWindow> windows) {
    write(
        "update log_client set recent = ? where stream_id = ? and client_id = ? and part = ?",
        windows);
  }

  /** Writes parts that did not exist. */
  public void insert(Map<Key, ClientWindow> windows) {
    write(
        "insert into log_client (recent, stream_id, client_id, part) values (?, ?, ?, ?)", windows);
  }

  private void write(String sql, Map<Key, ClientWindow> windows) {
    if (windows.isEmpty()) {
      return;
    }
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (Map.Entry<Key, ClientWindow> entry : windows.entrySet()) {
        statement.setBytes(1, entry.getValue().encode());
        statement.setLong(2, entry.getKey().streamId());
        statement.setString(3, entry.getKey().clientId());
        statement.setInt(4, entry.getKey().part());
        statement.addBatch();
      }
      statement.executeBatch();
    } catch (SQLException e) {
      throw new StoreException("The senders can't be written", e);
    }
  }
}
