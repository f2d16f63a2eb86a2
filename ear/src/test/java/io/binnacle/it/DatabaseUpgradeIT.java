package io.binnacle.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.binnacle.it.http.Api;
import io.binnacle.it.server.BinnacleServer;
import io.binnacle.it.server.ServerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A database that an older Binnacle left is brought up to date, and keeps what is in it. */
@Tag("database")
class DatabaseUpgradeIT {
  private static final String H2 =
      "jdbc:h2:file:%s;MODE=MySQL;DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE";
  private static final String OLD_PROJECT =
      "insert into project (id, number, slug, name, description, created_at, version)"
          + " values (7, 1, 'kept', 'Kept', '', 1700000000000000000, 1)";

  @Test
  void theSchemaBeforeTheNewestIsMigratedWithItsRows() throws Exception {
    Map<String, String> variables = Database.fresh();
    boolean mysql = !variables.isEmpty();
    Path file = Files.createTempDirectory("binnacle-upgrade").resolve("binnacle");
    String url = mysql ? variables.get("DB_URL") : H2.formatted(file);
    String user = mysql ? variables.get("DB_USER") : "sa";
    String password = mysql ? variables.get("DB_PASSWORD") : "";
    fillOldSchema(url, user, password, mysql ? "mysql" : "h2");
    ServerOptions options =
        ServerOptions.named("upgrade")
            .with(mysql ? variables : Map.of("DB_URL", url + ";WRITE_DELAY=0"));
    try (BinnacleServer server = new BinnacleServer(options)) {
      Api api = server.api();
      JsonNode project = api.get("/api/v1/projects/kept").expect(200).json();
      assertEquals("Kept", project.path("name").asText());
      api.post("/api/v1/projects/kept/runs", Map.of("name", "new")).expect(201);
    } finally {
      delete(file);
    }
  }

  private static void fillOldSchema(String url, String user, String password, String vendor)
      throws SQLException {
    Flyway all = flyway(url, user, password, vendor, "latest");
    MigrationInfo[] pending = all.info().pending();
    assertTrue(pending.length > 1, "there is a schema before the newest");
    String previous = pending[pending.length - 2].getVersion().getVersion();
    flyway(url, user, password, vendor, previous).migrate();
    try (Connection connection = DriverManager.getConnection(url, user, password);
        Statement statement = connection.createStatement()) {
      statement.execute(OLD_PROJECT);
    }
  }

  private static Flyway flyway(
      String url, String user, String password, String vendor, String target) {
    return Flyway.configure()
        .dataSource(url, user, password)
        .locations("classpath:db/migration", "classpath:db/vendor/" + vendor)
        .target(target)
        .load();
  }

  private static void delete(Path file) throws IOException {
    try (var files = Files.list(file.getParent())) {
      for (Path path : files.toList()) {
        Files.delete(path);
      }
    }
    Files.delete(file.getParent());
  }
}
