package io.binnacle.logs.store;

import io.binnacle.logs.entity.LogAppend;
import io.binnacle.platform.store.StoreException;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * The commit feed: one row for a group commit, written in its transaction. A writer is one
 * committer of one server life; its numbers have no gaps, so a reader that remembers the last one
 * misses nothing.
 */
@ApplicationScoped
public class LogCommits {
  private static final int APPEND_BYTES = 8 + 8 + 8 + 4;

  /** Rows that a reader takes at once. */
  private static final int READ_LIMIT = 500;

  @Resource(lookup = "jdbc/binnacle")
  DataSource dataSource;

  /** For the container. */
  public LogCommits() {}

  /** For use outside a container. */
  public LogCommits(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** One group commit. */
  public record Entry(long writer, long seq, List<LogAppend> appends) {}

  /** Adds a row in the caller's transaction. */
  public void add(Entry entry, long now) {
    String sql = "insert into log_commit (writer, seq, committed_at, appends) values (?, ?, ?, ?)";
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, entry.writer());
      statement.setLong(2, entry.seq());
      statement.setLong(3, now);
      statement.setBytes(4, encode(entry.appends()));
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new StoreException("The commit feed can't be written", e);
    }
  }

  /** What a writer committed after a number, in order. */
  public List<Entry> after(long writer, long seq) {
    String sql =
        "select seq, appends from log_commit where writer = ? and seq > ? order by seq limit ?";
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, writer);
      statement.setLong(2, seq);
      statement.setInt(3, READ_LIMIT);
      List<Entry> entries = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          entries.add(new Entry(writer, rows.getLong(1), decode(rows.getBytes(2))));
        }
      }
      return entries;
    } catch (SQLException e) {
      throw new StoreException("The commit feed can't be read", e);
    }
  }

  /** The last number of a writer; 0 when it never wrote. */
  public long last(long writer) {
    String sql = "select coalesce(max(seq), 0) from log_commit where writer = ?";
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, writer);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    } catch (SQLException e) {
      throw new StoreException("The commit feed can't be read", e);
    }
  }

  /** Removes rows that are older than anybody's interest; returns how many. */
  public int removeBefore(long time, int limit) {
    String sql = "delete from log_commit where committed_at < ? limit ?";
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, time);
      statement.setInt(2, limit);
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw new StoreException("The commit feed can't be shortened", e);
    }
  }

  private static byte[] encode(List<LogAppend> appends) {
    ByteBuffer bytes = ByteBuffer.allocate(appends.size() * APPEND_BYTES);
    for (LogAppend append : appends) {
      bytes
          .putLong(append.ownerId())
          .putLong(append.streamId())
          .putLong(append.firstLine())
          .putInt(append.lines());
    }
    return bytes.array();
  }

  private static List<LogAppend> decode(byte[] encoded) {
    ByteBuffer bytes = ByteBuffer.wrap(encoded);
    List<LogAppend> appends = new ArrayList<>();
    while (bytes.hasRemaining()) {
      appends.add(new LogAppend(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getInt()));
    }
    return appends;
  }
}
