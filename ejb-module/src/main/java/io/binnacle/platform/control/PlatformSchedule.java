package io.binnacle.platform.control;

import jakarta.annotation.PreDestroy;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;

/** The timers of the platform. They only delegate; every use case has its own transaction. */
@Singleton
@Startup
@DependsOn("Migrations")
@TransactionManagement(TransactionManagementType.BEAN)
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class PlatformSchedule {
  @Inject Pulse pulse;
  @Inject RefusedBatches refused;
  @Inject DatabaseVacuum vacuum;
  @Inject Once once;

  @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false)
  void beat() {
    pulse.beat();
  }

  @Schedule(hour = "*", minute = "*", second = "*/2", persistent = false)
  void writeRefusals() {
    once.onThisServer("platform.refusals", refused::write);
  }

  @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
  void vacuum() {
    once.onThisServer("platform.vacuum", vacuum::run);
  }

  /** The container ends timers before it asks for this. */
  @PreDestroy
  void end() {
    writeRefusals();
  }
}
