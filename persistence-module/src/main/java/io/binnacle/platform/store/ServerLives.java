package io.binnacle.platform.store;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import javax.sql.DataSource;

/**
 * The register of server starts. Each start is a life with a number of its own: it tells the keys
 * and the commit feeds of servers apart, and no number ever comes back.
 */
@ApplicationScoped
public class ServerLives {
  /**
   * Nanoseconds since 1970 by the database's clock, which all servers share: with their own, a
   * server whose clock is slow would look dead to the others.
   */
  private static final String NOW = "1000000000 * cast(unix_timestamp() as decimal(20))";

  @Resource(lookup = "jdbc/binnacle")
  DataSource dataSource;

  /** For the container. */
  public ServerLives() {}

  /** For use outside a container. */
  public ServerLives(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * Registers a start and returns its number. Of two servers that start together, one finds the
   * number taken and tries the next.
   *
   * @param now nanoseconds since 1970; only written down, for people
   */
  public long begin(String host, long now) {
    String insert =
        "insert into server_life (number, host, started_at, seen_at) values (?, ?, ?, " + NOW + ")";
    long number;
    do {
      number = Sql.of(dataSource, "select coalesce(max(number), 0) from server_life").number() + 1;
    } while (!Sql.of(dataSource, insert, number, host, now).insertIfAbsent());
    return number;
  }

  /** Notes that a life goes on. */
  public void seen(long number) {
    String sql = "update server_life set seen_at = " + NOW + " where number = ?";
    Sql.of(dataSource, sql, number).change();
  }

  /**
   * The numbers of all lives that were seen lately, in rising order.
   *
   * @param nanos how long ago at most, to the second
   */
  public List<Long> seenWithin(long nanos) {
    String sql = "select number from server_life where seen_at >= " + NOW + " - ? order by number";
    return Sql.of(dataSource, sql, nanos).list(row -> row.getLong(1));
  }
}
