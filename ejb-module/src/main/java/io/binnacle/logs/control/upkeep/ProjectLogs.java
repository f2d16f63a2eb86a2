package io.binnacle.logs.control.upkeep;

import io.binnacle.logs.store.LogStreams;
import io.binnacle.platform.entity.Times;
import io.binnacle.projects.control.ProjectDataOwner;
import io.binnacle.security.entity.ProjectScope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;

/** The logs of deleted projects. The collector of garbage finds deleted streams by itself. */
@ApplicationScoped
public class ProjectLogs implements ProjectDataOwner {
  @Inject LogStreams streams;
  @Inject Clock clock;

  @Override
  public boolean removeSome(ProjectScope scope) {
    streams.markDeleted(scope, Times.nanos(clock.instant()));
    return false;
  }

  @Override
  public boolean owns(ProjectScope scope) {
    return streams.exist(scope);
  }
}
