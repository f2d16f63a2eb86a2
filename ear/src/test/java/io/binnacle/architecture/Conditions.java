package io.binnacle.architecture;

import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.function.Predicate;

/** Conditions from predicates, with a message that names the offender. */
final class Conditions {
  private Conditions() {}

  /**
   * A condition.
   *
   * @param description how it reads after "should be"
   */
  static <T> ArchCondition<T> be(String description, Predicate<? super T> predicate) {
    return new ArchCondition<>("be " + description) {
      @Override
      public void check(T item, ConditionEvents events) {
        if (!predicate.test(item)) {
          events.add(SimpleConditionEvent.violated(item, item + " is not " + description));
        }
      }
    };
  }
}
