package io.binnacle.platform.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;

/** The clock of the use cases; tests pass a fixed one instead. */
@ApplicationScoped
public class Clocks {
  /** The system's clock in UTC. */
  @Produces
  @Dependent
  public Clock clock() {
    return Clock.systemUTC();
  }
}
