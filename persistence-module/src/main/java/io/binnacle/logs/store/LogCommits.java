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
  /**
   * A place in the feed is one number, of the writer and its own number: an index of two columns
   * would be a second one to write on H2. A writer would need decades for so many commits.
   */
  private static final int SEQ_BITS = 40;

  private static final long MOST_SEQ = (1L << SEQ_BITS) - 1;

  private static final long NONE = -1;

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
    String sql = "insert into log_feed (place, committed_at, appends) values (?, ?, ?)";
    long place = place(entry.writer(), entry.seq());
    Sql.of(dataSource, sql, place, now, encode(entry.appends())).change();
  }

  /** What a writer committed after a number, in order. */
  public List<Entry> after(long writer, long seq) {
    String sql =
        "select place, appends from log_feed where place > ? and place < ? order by place limit ?";
    return Sql.of(dataSource, sql, place(writer, seq), place(writer + 1, 0), READ_LIMIT)
        .list(row -> new Entry(writer, row.getLong(1) & MOST_SEQ, decode(row.getBytes(2))));
  }

  /** The last number of a writer; 0 when it never wrote. */
  public long last(long writer) {
    String sql =
        "select place from log_feed where place > ? and place < ? order by place desc limit 1";
    return Sql.of(dataSource, sql, place(writer, 0), place(writer + 1, 0))
        .first(row -> row.getLong(1) & MOST_SEQ)
        .orElse(0L);
  }

  /**
   * Removes rows that are older than anybody's interest, the oldest of each writer first.
   *
   * @return how many there were, at most {@code limit}
   */
  public int removeBefore(long time, int limit) {
    int removed = 0;
    long oldest = firstFrom(0);
    while (oldest != NONE && removed < limit) {
      long nextWriter = place((oldest >> SEQ_BITS) + 1, 0);
      removed += remove(placesBefore(time, oldest, nextWriter, limit - removed));
      oldest = firstFrom(nextWriter);
    }
    return removed;
  }

  private long firstFrom(long place) {
    String sql = "select place from log_feed where place >= ? order by place limit 1";
    return Sql.of(dataSource, sql, place).first(row -> row.getLong(1)).orElse(NONE);
  }

  /** Up to the first that is younger: what a reader finds has no gap behind its beginning. */
  private List<Long> placesBefore(long time, long from, long to, int limit) {
    String sql =
        "select place, committed_at from log_feed where place >= ? and place < ?"
            + " order by place limit ?";
    List<Long> places = new ArrayList<>();
    Sql.of(dataSource, sql, from, to, limit)
        .eachWhile(row -> row.getLong(2) < time && places.add(row.getLong(1)));
    return places;
  }

  private int remove(List<Long> places) {
    if (places.isEmpty()) {
      return 0;
    }
    String sql = "delete from log_feed where place >= ? and place <= ?";
    return Sql.of(dataSource, sql, places.get(0), places.get(places.size() - 1)).change();
  }

  private static long place(long writer, long seq) {
    return writer << SEQ_BITS | seq;
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
