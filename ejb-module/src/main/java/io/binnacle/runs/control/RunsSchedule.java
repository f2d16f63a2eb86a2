package io.binnacle.runs.control;

import io.binnacle.platform.control.Once;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;

/** The timers of runs. They only delegate. */
@Singleton
@Startup
@DependsOn("Migrations")
@TransactionManagement(TransactionManagementType.BEAN)
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class RunsSchedule {
  @Inject Heartbeats heartbeats;
  @Inject RunSilence silence;
  @Inject RunPurge purge;
  @Inject Once once;

  @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false)
  void writeHeartbeats() {
    once.onThisServer("runs.heartbeats", heartbeats::write);
  }

  @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false)
  void findCrashed() {
    once.inCluster("runs.crashed", silence::markCrashed);
  }

  @Schedule(hour = "*", minute = "*", second = "*/2", persistent = false)
  void purgeDeleted() {
    once.inCluster("runs.purge", purge::step);
  }
}
