package io.binnacle.platform.store;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import javax.sql.DataSource;

/** What all servers of an installation agree on, by name. */
@ApplicationScoped
public class Settings {
  @Resource(lookup = "jdbc/binnacle")
  DataSource dataSource;

  /** For the container. */
  @SuppressWarnings("NullAway.Init")
  public Settings() {}

  /** For use outside a container. */
  public Settings(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * The content of a setting. Of servers that bring different ones, all get that of the first.
   *
   * @param ifAbsent its content from now on when it has none; at most 4000 characters
   * @param now nanoseconds since 1970; only written down, for people
   */
  public String agreed(String name, String ifAbsent, long now) {
    String insert = "insert into setting (name, content, changed_at) values (?, ?, ?)";
    Optional<String> known = find(name);
    if (known.isPresent()) {
      return known.get();
    }
    Sql.of(dataSource, insert, name, ifAbsent, now).insertIfAbsent();
    return find(name).orElseThrow();
  }

  private Optional<String> find(String name) {
    return Sql.of(dataSource, "select content from setting where name = ?", name)
        .first(row -> row.getString(1));
  }
}
