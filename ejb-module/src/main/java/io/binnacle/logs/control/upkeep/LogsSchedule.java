package io.binnacle.logs.control.upkeep;

import io.binnacle.logs.control.LogFeed;
import io.binnacle.logs.control.ingest.LogIngestion;
import io.binnacle.logs.control.tail.LogTail;
import io.binnacle.logs.control.tail.RemoteFeed;
import io.binnacle.platform.control.DiskReserve;
import io.binnacle.platform.control.Once;
import io.binnacle.platform.control.OperatorNumber;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** The timers of logs. They only delegate. */
@Singleton
@Startup
@DependsOn("Migrations")
@TransactionManagement(TransactionManagementType.BEAN)
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class LogsSchedule {
  private static final Logger LOG = System.getLogger(LogsSchedule.class.getName());
  private static final long POLL_MILLIS = 100;

  /** News other than lines are looked for once in so many polls. */
  private static final int POLLS_A_LOOK = 10;

  @Inject LogIngestion ingestion;
  @Inject LogDeletion deletion;
  @Inject LogCompaction compaction;
  @Inject LogRetention retention;
  @Inject RemoteFeed remote;
  @Inject LogFeed feed;
  @Inject LogTail tail;
  @Inject Once once;
  @Inject DiskReserve disk;
  @Resource ManagedScheduledExecutorService scheduler;

  @Inject
  @ConfigProperty(name = "binnacle.logs.retention.seconds", defaultValue = "60")
  long retentionSeconds;

  private volatile List<Long> otherWriters = List.of();
  private @Nullable ScheduledFuture<?> polling;
  private int polls;
  private ScheduledFuture<?> expiring;

  @PostConstruct
  void begin() {
    OperatorNumber.check("binnacle.logs.retention.seconds", retentionSeconds, 1);
    // Asked for here, so that limits which can't work stop the start and not the first batch.
    LOG.log(Level.DEBUG, "Batches: {0}", ingestion.limits());
    // EJB timers know whole seconds only, and none that is read at the start.
    expiring =
        scheduler.scheduleWithFixedDelay(
            this::expire, retentionSeconds, retentionSeconds, TimeUnit.SECONDS);
  }

  @PreDestroy
  synchronized void end() {
    expiring.cancel(false);
    if (polling != null) {
      polling.cancel(false);
    }
  }

  @Schedule(hour = "*", minute = "*", second = "*/2", persistent = false)
  void findOtherServers() {
    once.onThisServer(
        "logs.servers", () -> follow(tail.isWatched() ? remote.writers() : List.of()));
  }

  @Schedule(hour = "*", minute = "*", second = "*/1", persistent = false)
  void collectGarbage() {
    once.inCluster("logs.garbage", deletion::collectGarbage);
  }

  @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false)
  void compact() {
    // It needs room before it gives any.
    once.inCluster("logs.compaction", () -> !disk.isLow() && compaction.step());
  }

  /** Throws nothing that it could catch: a scheduled task that throws is never run again. */
  private void expire() {
    once.inCluster("logs.retention", retention::step);
  }

  /** Polls from now on, or no more: a server that is alone shall sleep. */
  private synchronized void follow(List<Long> writers) {
    otherWriters = writers;
    if (!writers.isEmpty() && polling == null) {
      polling =
          scheduler.scheduleWithFixedDelay(
              this::poll, POLL_MILLIS, POLL_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private synchronized void rest() {
    ScheduledFuture<?> ended = polling;
    if (otherWriters.isEmpty() && ended != null) {
      remote.rest();
      ended.cancel(false);
      polling = null;
    }
  }

  private void poll() {
    try {
      if (otherWriters.isEmpty()) {
        rest();
      } else {
        RemoteFeed.News news = remote.poll(otherWriters);
        news.entries().forEach(feed::committed);
        if (news.begun()) {
          tail.catchUp();
        }
        remote.passedOn(news);
        if (++polls % POLLS_A_LOOK == 0) {
          tail.lookForNews();
        }
      }
    } catch (RuntimeException e) {
      // A scheduled task that throws is never run again.
      LOG.log(Level.ERROR, "The commits of other servers can't be read; trying again", e);
    }
  }
}
