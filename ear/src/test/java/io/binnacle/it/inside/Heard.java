package io.binnacle.it.inside;

import io.binnacle.logs.control.LogsCleared;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Hears in the web module what was committed in another. */
@ApplicationScoped
public class Heard {
  private final List<Long> owners = new CopyOnWriteArrayList<>();

  void cleared(@Observes(during = TransactionPhase.AFTER_SUCCESS) LogsCleared event) {
    owners.add(event.ownerId());
  }

  /** Whose logs were cleared. */
  public List<Long> owners() {
    return List.copyOf(owners);
  }
}
