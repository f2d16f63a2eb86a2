package io.binnacle.logs.store;

import io.binnacle.logs.entity.LogAppend;
import io.binnacle.platform.store.Sql;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
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
    Sql.of(dataSource, sql, entry.writer(), entry.seq(), now, encode(entry.appends())).change();
  }

  /** What a writer committed after a number, in order. */
  public List<Entry> after(long writer, long seq) {
    String sql =
        "select seq, appends from log_commit where writer = ? and seq > ? order by seq limit ?";
    return Sql.of(dataSource, sql, writer, seq, READ_LIMIT)
        .list(row -> new Entry(writer, row.getLong(1), decode(row.getBytes(2))));
  }

  /** The last number of a writer; 0 when it never wrote. */
  public long last(long writer) {
    String sql = "select coalesce(max(seq), 0) from log_commit where writer = ?";
    return Sql.of(dataSource, sql, writer).number();
  }

  /** Removes rows that are older than anybody's interest; returns how many. */
  public int removeBefore(long time, int limit) {
    String sql = "delete from log_commit where committed_at < ? limit ?";
    return Sql.of(dataSource, sql, time, limit).change();
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
