package io.binnacle.security.control;

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

/** The timers of security. They only delegate; every use case has its own transaction. */
@Singleton
@Startup
@DependsOn("Migrations")
@TransactionManagement(TransactionManagementType.BEAN)
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class SecuritySchedule {
  @Inject LastUses uses;
  @Inject Sessions sessions;
  @Inject LoginBrake brake;
  @Inject Once once;

  @Schedule(hour = "*", minute = "*", second = "*/10", persistent = false)
  void writeUses() {
    once.onThisServer("security.uses", uses::write);
  }

  /** Without a lease: deleting twice is harmless. */
  @Schedule(hour = "*", minute = "*/15", persistent = false)
  void purge() {
    once.onThisServer("security.sessions", sessions::purge);
    once.onThisServer("security.throttles", brake::purge);
  }
}
