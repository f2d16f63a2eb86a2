package io.binnacle.platform.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.testing.StoreContract;
import io.binnacle.testing.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Who lives, as all servers see it. */
abstract class ServerLivesContract extends StoreContract {
  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
  private static final long NOW = 1_763_712_000_123_456_789L;
  private static final long YEAR = TimeUnit.DAYS.toNanos(365);

  private ServerLives lives;

  @Override
  protected void prepare(TestDatabase empty) {
    lives = new ServerLives(empty.dataSource());
  }

  @Test
  void aServerLivesAsLongAsItIsSeenWhateverItsOwnClockSays() {
    long ahead = lives.begin("ahead", NOW + YEAR);
    long behind = lives.begin("behind", NOW - YEAR);
    assertTrue(behind > ahead, "no number comes back");
    assertEquals(List.of(ahead, behind), lives.seenWithin(MINUTE));

    notSeenFor(ahead, 2 * MINUTE);
    assertEquals(List.of(behind), lives.seenWithin(MINUTE));
    assertEquals(List.of(ahead, behind), lives.seenWithin(3 * MINUTE));

    lives.seen(ahead);
    assertEquals(List.of(ahead, behind), lives.seenWithin(MINUTE));
  }

  private void notSeenFor(long number, long nanos) {
    String sql = "update server_life set seen_at = seen_at - ? where number = ?";
    try (Connection connection = database().dataSource().getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, nanos);
      statement.setLong(2, number);
      assertEquals(1, statement.executeUpdate());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
