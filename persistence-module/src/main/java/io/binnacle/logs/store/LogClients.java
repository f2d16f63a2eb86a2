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
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** The windows of senders. They are read and written under the lock of their stream. */
@ApplicationScoped
public class LogClients {
  @Resource(lookup = "jdbc/binnacle")
  DataSource dataSource;

  /** For the container. */
  public LogClients() {}

  /** For use outside a container. */
  public LogClients(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** A sender in a stream. */
  public record Key(long streamId, String clientId) {}

  /** The windows that exist. */
  public Map<Key, ClientWindow> read(Collection<Key> keys) {
    Map<Key, ClientWindow> windows = new HashMap<>();
    if (keys.isEmpty()) {
      return windows;
    }
    String pairs =
        keys.stream()
            .map(key -> "stream_id = ? and client_id = ?")
            .collect(Collectors.joining(" or "));
    String sql = "select stream_id, client_id, recent from log_client where " + pairs;
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      int at = 1;
      for (Key key : keys) {
        statement.setLong(at++, key.streamId());
        statement.setString(at++, key.clientId());
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          windows.put(
              new Key(rows.getLong(1), rows.getString(2)), ClientWindow.decode(rows.getBytes(3)));
        }
      }
      return windows;
    } catch (SQLException e) {
      throw new StoreException("The senders can't be read", e);
    }
  }

  /** Writes windows that were read. */
  public void update(Map<Key, ClientWindow> windows) {
    write("update log_client set recent = ? where stream_id = ? and client_id = ?", windows);
  }

  /** Writes windows of new senders. */
  public void insert(Map<Key, ClientWindow> windows) {
    write("insert into log_client (recent, stream_id, client_id) values (?, ?, ?)", windows);
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
        statement.addBatch();
      }
      statement.executeBatch();
    } catch (SQLException e) {
      throw new StoreException("The senders can't be written", e);
    }
  }
}
