package io.binnacle.projects.control;

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

/** The timers of projects. They only delegate. */
@Singleton
@Startup
@DependsOn("Migrations")
@TransactionManagement(TransactionManagementType.BEAN)
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class ProjectsSchedule {
  @Inject RefusalMetrics metrics;
  @Inject ProjectPurge purge;
  @Inject Once once;

  @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false)
  void showRefusals() {
    once.onThisServer("projects.refusals", metrics::refresh);
  }

  @Schedule(hour = "*", minute = "*", second = "*/2", persistent = false)
  void purgeDeleted() {
    once.inCluster("projects.purge", purge::step);
  }
}
