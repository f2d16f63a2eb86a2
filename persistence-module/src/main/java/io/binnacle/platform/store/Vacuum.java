package io.binnacle.platform.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.mvstore.FileStore;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.RandomAccessStore;
import org.jspecify.annotations.Nullable;

/**
 * Gives dead space in the file of the embedded database back. H2 writes each page that a commit
 * changed anew, into a chunk of the file, and uses the room of a chunk again only when none of its
 * pages is alive: many small commits leave chunks of which a sixth lives. H2's own thread for this
 * runs only with a delay of writing, with which a kill loses commits.
 */
public final class Vacuum {
  /**
   * Between these fills, in percent of the bytes, lies what is good enough: work begins below and
   * ends above. A file of a few MB turned in a circle from 72 to 78.
   */
  private static final int BAD_FILL = 60;

  private static final int GOOD_FILL = 70;

  /** A step holds the commits up: 1 MB of live pages took 6 ms, and 52 ms at most. */
  private static final int STEP_BYTES = 1 << 20;

  /** A chunk that is larger is never moved; the largest group commit makes one of some 10 MB. */
  private static final long MOVE_BYTES = 16 << 20;

  /** With more commits since the last round nothing is moved: that may take 200 ms. */
  private static final int QUIET = 100;

  /** Rounds without a gain before it rests; under load many are. */
  private static final int PATIENCE = 20;

  /** Commits, its own among them, for which it rests then. */
  private static final int REST = 1000;

  private final JdbcDataSource connections;

  private boolean evacuating;
  private boolean shortening;
  private int fruitless;
  private long restsUntil;
  private long lastVersion;

  /**
   * For the database of a URL.
   *
   * @param url what the data source of the server has: the first to connect decides the settings
   */
  public Vacuum(String url, String user, String password) {
    connections = new JdbcDataSource();
    connections.setUrl(url);
    connections.setUser(user);
    connections.setPassword(password);
  }

  /**
   * Works as long as it is worth it, in steps of milliseconds; one at a time. What was written in
   * the last 45 s is left alone.
   *
   * @param atMost no step begins later
   */
  public void run(Duration atMost) {
    try (Connection connection = connections.getConnection()) {
      MVStore store = embedded(connection);
      if (store != null && store.getFileStore() instanceof RandomAccessStore file) {
        long end = System.nanoTime() + atMost.toNanos();
        boolean quiet = store.getCurrentVersion() < lastVersion + QUIET;
        evacuate(store, file, end);
        if (quiet) {
          shorten(store, file, end);
        }
        lastVersion = store.getCurrentVersion();
      }
    } catch (SQLException | MVStoreException e) {
      throw new StoreException("The dead space of the database can't be given back", e);
    }
  }

  private static @Nullable MVStore embedded(Connection connection) throws SQLException {
    return connection.unwrap(JdbcConnection.class).getSession() instanceof SessionLocal session
        ? session.getDatabase().getStore().getMvStore()
        : null;
  }

  /** Writes what lives in badly filled chunks anew; the commit makes the old ones dead. */
  private void evacuate(MVStore store, FileStore<?> file, long end) {
    int first = file.getChunksFillRate();
    evacuating = first < (evacuating ? GOOD_FILL : BAD_FILL);
    if (!evacuating || store.getCurrentVersion() < restsUntil) {
      return;
    }
    boolean wrote = false;
    while (before(end) && store.compact(GOOD_FILL, STEP_BYTES)) {
      store.commit();
      wrote = true;
    }
    fruitless = wrote && file.getChunksFillRate() <= first ? fruitless + 1 : 0;
    if (fruitless == PATIENCE) {
      // What only turns in a circle would write for ever.
      fruitless = 0;
      restsUntil = store.getCurrentVersion() + REST;
    }
  }

  /** Moves the last chunks into the gaps before them and cuts the end of the file off. */
  private void shorten(MVStore store, RandomAccessStore file, long end) {
    shortening = file.getFillRate() < (shortening ? GOOD_FILL : BAD_FILL);
    boolean moved = true;
    while (shortening && moved && file.getFillRate() < GOOD_FILL && before(end)) {
      long writes = file.getWriteCount();
      file.compactMoveChunks(GOOD_FILL, MOVE_BYTES, store);
      moved = file.getWriteCount() > writes;
    }
  }

  private static boolean before(long end) {
    return System.nanoTime() - end < 0;
  }
}
