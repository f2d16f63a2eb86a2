package io.binnacle.security.control;

import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.NotificationOptions;
import jakarta.enterprise.util.TypeLiteral;
import java.lang.annotation.Annotation;
import java.util.concurrent.CompletionStage;

/** Counts the events instead of delivering them. */
final class SecurityEvents implements Event<SecurityChanged> {
  private int fired;

  int fired() {
    return fired;
  }

  @Override
  public void fire(SecurityChanged event) {
    fired++;
  }

  @Override
  public <U extends SecurityChanged> CompletionStage<U> fireAsync(U event) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <U extends SecurityChanged> CompletionStage<U> fireAsync(
      U event, NotificationOptions options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Event<SecurityChanged> select(Annotation... qualifiers) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <U extends SecurityChanged> Event<U> select(Class<U> subtype, Annotation... qualifiers) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <U extends SecurityChanged> Event<U> select(
      TypeLiteral<U> subtype, Annotation... qualifiers) {
    throw new UnsupportedOperationException();
  }
}
