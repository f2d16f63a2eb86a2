package io.binnacle.platform.store;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import javax.sql.DataSource;

/** What an admin sets at run time: rows, in force on every node as soon as it reads them again. */
@ApplicationScoped
public class Settings {
  @Resource(lookup = "jdbc/binnacle")
  DataSource dataSource;

  /** For the container. */
  public Settings() {}

  /** For use outside a container. */
  public Settings(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** The value of a setting, if an admin has set it. */
  public Optional<String> find(String name) {
    String sql = "select content from setting where name = ?";
    return Sql.of(dataSource, sql, name).first(row -> row.getString(1));
  }

  /** Sets a value. */
  public void put(String name, String value, long now) {
    String update = "update setting set content = ?, changed_at = ? where name = ?";
    String insert = "insert into setting (content, changed_at, name) values (?, ?, ?)";
    if (Sql.of(dataSource, update, value, now, name).change() == 0) {
      Sql.of(dataSource, insert, value, now, name).change();
    }
  }
}
