package io.binnacle.testing;

import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.util.TypeLiteral;
import java.lang.annotation.Annotation;
import java.util.Iterator;
import java.util.List;

/** Beans that a test gives by hand to whoever asks for all of a type. */
public final class GivenInstances<T> implements Instance<T> {
  private final List<T> given;

  private GivenInstances(List<T> given) {
    this.given = given;
  }

  /** These, in this order. */
  public static <T> GivenInstances<T> of(List<T> given) {
    return new GivenInstances<>(given);
  }

  @Override
  public T get() {
    return given.get(0);
  }

  @Override
  public Iterator<T> iterator() {
    return given.iterator();
  }

  @Override
  public boolean isUnsatisfied() {
    return given.isEmpty();
  }

  @Override
  public boolean isAmbiguous() {
    return given.size() > 1;
  }

  @Override
  public void destroy(T instance) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Handle<T> getHandle() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Iterable<? extends Handle<T>> handles() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Instance<T> select(Annotation... qualifiers) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <U extends T> Instance<U> select(Class<U> subtype, Annotation... qualifiers) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <U extends T> Instance<U> select(TypeLiteral<U> subtype, Annotation... qualifiers) {
    throw new UnsupportedOperationException();
  }
}
