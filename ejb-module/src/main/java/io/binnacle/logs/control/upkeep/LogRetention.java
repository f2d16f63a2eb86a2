package io.binnacle.logs.control.upkeep;

import io.binnacle.platform.entity.Times;
import io.binnacle.projects.control.RetentionRules;
import io.binnacle.projects.entity.ProjectSummary;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.concurrent.TimeUnit;

/**
 * Keeps logs no longer and no larger than a project wants. By default nothing is deleted. What goes
 * leaves a gap that readers see: the stream begins later.
 */
@ApplicationScoped
public class LogRetention {
  private static final long FEED_NANOS = TimeUnit.DAYS.toNanos(7);

  /** A batch that is sent again later than this after the last one would be stored again. */
  private static final long SENDERS_NANOS = TimeUnit.DAYS.toNanos(30);

  @Inject RetentionRules rules;
  @Inject RetentionSteps steps;
  @Inject Clock clock;

  /**
   * Applies every project's rules once, shortens the commit feed and forgets silent senders.
   *
   * @return whether there may be more
   */
  @Transactional(Transactional.TxType.NOT_SUPPORTED)
  public boolean step() {
    long now = Times.nanos(clock.instant());
    boolean more = steps.shortenFeed(now - FEED_NANOS);
    more |= steps.forgetSenders(now - SENDERS_NANOS);
    for (ProjectSummary project : rules.all()) {
      more |= purge(steps.dueInStreams(project, now), now);
      more |= purge(steps.dueInProject(project, now), now);
    }
    return more;
  }

  private boolean purge(RetentionSteps.Due due, long now) {
    due.through().forEach((stream, through) -> steps.purge(stream, through, now));
    return due.more();
  }
}
