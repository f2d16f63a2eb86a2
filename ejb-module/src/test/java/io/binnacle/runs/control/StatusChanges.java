package io.binnacle.runs.control;

import io.binnacle.runs.entity.RunStatus;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.NotificationOptions;
import jakarta.enterprise.util.TypeLiteral;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Keeps the events instead of delivering them. */
final class StatusChanges implements Event<RunStatusChanged> {
  private final List<RunStatus> fired = new ArrayList<>();

  /** The statuses that were told, oldest first. */
  List<RunStatus> fired() {
    return fired;
  }

  @Override
  public void fire(RunStatusChanged event) {
    fired.add(event.status());
  }

  @Override
  public <U extends RunStatusChanged> CompletionStage<U> fireAsync(U event) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <U extends RunStatusChanged> CompletionStage<U> fireAsync(
      U event, NotificationOptions options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Event<RunStatusChanged> select(Annotation... qualifiers) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <U extends RunStatusChanged> Event<U> select(Class<U> subtype, Annotation... qualifiers) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <U extends RunStatusChanged> Event<U> select(
      TypeLiteral<U> subtype, Annotation... qualifiers) {
    throw new UnsupportedOperationException();
  }
}
