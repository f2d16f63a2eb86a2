package io.binnacle.platform.control;

import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import io.binnacle.platform.store.Durability;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.File;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Room on the disk of the embedded database that senders can't use up. H2 closes its store under
 * everybody when a write fails, and a connection that had begun a transaction then never comes back
 * ({@code MVStore.registerVersionUsage} spins). So writing stops before: ingest when the room is
 * low, everything when there is none. MySQL refuses a write and goes on; it needs no reserve here.
 */
@ApplicationScoped
public class DiskReserve {
  private static final int RETRY_SECONDS = 30;

  /** What keeps small writes going while the room is low is this many times smaller. */
  private static final int LAST_PART = 8;

  /** Asking the file system takes a microsecond, but every batch asks. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  @Inject Durability durability;

  @Inject
  @ConfigProperty(name = "binnacle.disk.reserve.bytes", defaultValue = "67108864")
  long reserveBytes;

  private @Nullable File directory;
  private volatile long room = Long.MAX_VALUE;
  private volatile long lookedAt;

  @PostConstruct
  void find() {
    Path file = durability.embeddedFile();
    directory = file == null ? null : file.toAbsolutePath().toFile().getParentFile();
    lookedAt = System.nanoTime() - LOOK_NANOS - 1;
  }

  /**
   * For whatever stores what senders send.
   *
   * @throws ProblemException STORAGE_FULL while the room is low
   */
  public void require() {
    if (isLow()) {
      throw full();
    }
  }

  /** The refusal while there is no room. */
  public static ProblemException full() {
    return ProblemException.retryLater(
        ProblemType.STORAGE_FULL,
        RETRY_SECONDS,
        "The disk of the database is full; an operator must free space.");
  }

  /** Whether senders are refused, and work that can wait waits. */
  public boolean isLow() {
    return room() < reserveBytes;
  }

  /** Whether nothing at all may be written. */
  public boolean isOut() {
    return room() < reserveBytes / LAST_PART;
  }

  private long room() {
    File where = directory;
    if (where != null && System.nanoTime() - lookedAt > LOOK_NANOS) {
      room = where.getUsableSpace();
      lookedAt = System.nanoTime();
    }
    return room;
  }
}
