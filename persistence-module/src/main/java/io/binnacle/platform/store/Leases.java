package io.binnacle.platform.store;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import javax.sql.DataSource;

/**
 * Work that one server of several does at a time. A lease is a row that is updated only if nobody
 * else did since it was read; no lock is held. MySQL's SKIP LOCKED and GET_LOCK are not used: TiDB
 * accepts and ignores them.
 *
 * <p>No wall clock decides: one that is wrong, or steps back, would give a lease to two servers or
 * keep it for a dead one. Whoever holds a lease counts it up; another server takes it when it has
 * seen the same count for as long as a lease holds, by its own steady clock.
 */
@ApplicationScoped
public class Leases {
  private static final long NOBODY = 0;

  @Resource(lookup = "jdbc/binnacle")
  DataSource dataSource;

  private final LongSupplier steadyNanos;
  private final Map<String, Seen> seen = new ConcurrentHashMap<>();

  /** The count of another's lease, and since when this server knows it. */
  private record Seen(long attempt, long since) {}

  private record Row(long attempt, long holder) {}

  /** For the container. */
  public Leases() {
    this.steadyNanos = System::nanoTime;
  }

  /**
   * For use outside a container.
   *
   * @param steadyNanos a clock that never steps, such as {@link System#nanoTime}
   */
  public Leases(DataSource dataSource, LongSupplier steadyNanos) {
    this.dataSource = dataSource;
    this.steadyNanos = steadyNanos;
  }

  /**
   * Takes or prolongs a lease.
   *
   * @param holder the server life that asks, not 0
   * @param now nanoseconds since 1970; only written down, for people
   * @param nanos how long the lease holds, the same for all who ask for it
   * @return true when the holder has the lease for so long from the moment of asking
   */
  public boolean take(String name, long holder, long now, long nanos) {
    Row row = row(name);
    boolean may = row.holder() == holder || row.holder() == NOBODY || ended(name, row, nanos);
    return may && update(name, row.attempt(), holder, now + nanos);
  }

  /** Whether another's lease was not prolonged for longer than it holds. */
  private boolean ended(String name, Row row, long nanos) {
    long time = steadyNanos.getAsLong();
    Seen known =
        seen.compute(
            name,
            (key, before) ->
                before != null && before.attempt() == row.attempt()
                    ? before
                    : new Seen(row.attempt(), time));
    return time - known.since() > nanos;
  }

  private Row row(String name) {
    return Sql.of(dataSource, "select attempt, holder from lease where name = ?", name)
        .first(row -> new Row(row.getLong(1), row.getLong(2)))
        .orElseGet(() -> make(name));
  }

  /**
   * Another server may make the row at the same time, and have the lease by now: then the update
   * finds another count.
   */
  private Row make(String name) {
    String insert = "insert into lease (name, attempt, holder, held_until) values (?, 0, 0, 0)";
    Sql.of(dataSource, insert, name).insertIfAbsent();
    return new Row(0, NOBODY);
  }

  private boolean update(String name, long attempt, long holder, long heldUntil) {
    String sql =
        "update lease set attempt = attempt + 1, holder = ?, held_until = ?"
            + " where name = ? and attempt = ?";
    return Sql.of(dataSource, sql, holder, heldUntil, name, attempt).change() == 1;
  }
}
