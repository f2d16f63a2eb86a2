package io.binnacle.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.it.server.BinnacleServer;
import io.binnacle.it.server.ServerOptions;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A database that an older Binnacle left is brought up to date, and keeps what is in it. */
@Tag("database")
class DatabaseUpgradeIT {
  private static final String H2 =
      ";MODE=MySQL;DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE";

  /** Before it the windows of senders had another form, which no release has written. */
  private static final String OLDEST = "007";

  /** What the rows of an older schema can't tell. */
  private static final List<String> UNKNOWN =
      List.of(
          "log_client.seen_day",
          "log_payload.id",
          "log_segment.payload_id",
          "log_stream.garbage",
          "log_stream.payload_bytes",
          "run.alive_at",
          "project.purged_at",
          "metric_total");

  /** What belongs together, whatever its keys are. */
  private static final List<String> TOGETHER =
      List.of(
          "select id, payload_bytes from log_stream where deleted_at is null",
          "select stream_id, first_line, payload from log_segment"
              + " join log_payload on log_payload.id = log_segment.payload_id");

  /** Tables that are no more, as what is in others today. */
  private static final List<String> FORMER =
      List.of(
          "create view log_commit as select floor(place / 1099511627776) writer,"
              + " mod(place, 1099511627776) seq, committed_at, appends from log_feed",
          "create view log_segment_data as select stream_id, first_line, payload from log_segment"
              + " join log_payload on log_payload.id = log_segment.payload_id");

  private final Map<String, String> variables = Database.fresh();
  private final boolean mysql = !variables.isEmpty();

  @Test
  void aFilledDatabaseOfAnyEarlierVersionKeepsEverything() throws Exception {
    ServerOptions options =
        ServerOptions.named("upgrade")
            .with(variables)
            .with("BINNACLE_LOGS_COMPACT_AFTER_SECONDS", "86400")
            .with("BINNACLE_RUN_CRASH_AFTER_SECONDS", "86400");
    try (BinnacleServer server = new BinnacleServer(options)) {
      FilledServer content = new FilledServer();
      content.fill(server.api());
      Map<String, String> seen = content.look(server.api());
      server.stop();
      OlderSchema database =
          mysql ? schema(variables) : h2("file:" + server.data().resolve("db/binnacle"));
      database.change(
          "update log_segment set state = case when first_line = 1 then 'COMPACT'"
              + " when first_line < 100 then 'WARM' else 'HOT' end");
      database.change("insert into setting (name, content, changed_at) values ('old', '1', 1)");

      OlderSchema today = scratch();
      today.migrate("latest");
      today.fillFrom(database);
      upgradeFromEveryVersion(today);

      List<String> versions = today.versions();
      database.empty();
      database.migrate(versions.get(versions.size() - 2));
      database.fillFrom(today);
      server.restart();
      Map<String, String> upgraded = content.look(server.api());
      seen.forEach((path, answer) -> assertEquals(answer, upgraded.get(path), path));
      content.goOn(server.api());
    }
  }

  private void upgradeFromEveryVersion(OlderSchema today) throws SQLException {
    Map<String, SortedSet<String>> wanted = today.rows(UNKNOWN);
    wanted.forEach((table, rows) -> assertTrue(!rows.isEmpty(), table + " is empty"));
    List<SortedSet<String>> together = today.query(TOGETHER);
    for (String view : FORMER) {
      today.change(view);
    }
    List<String> versions = today.versions();
    for (String version : versions.subList(versions.indexOf(OLDEST), versions.size())) {
      OlderSchema old = scratch();
      old.migrate(version);
      old.fillFrom(today);
      old.migrate("latest");
      Map<String, SortedSet<String>> upgraded = old.rows(UNKNOWN);
      wanted.forEach((table, rows) -> assertEquals(rows, upgraded.get(table), version));
      assertEquals(together, old.query(TOGETHER), version);
      old.empty();
    }
  }

  private OlderSchema scratch() {
    return mysql
        ? schema(Database.freshMySql())
        : h2("mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
  }

  private static OlderSchema h2(String place) {
    return new OlderSchema("jdbc:h2:" + place + H2, "sa", "");
  }

  private static OlderSchema schema(Map<String, String> variables) {
    return new OlderSchema(
        variables.get("DB_URL"), variables.get("DB_USER"), variables.get("DB_PASSWORD"));
  }
}
