package io.binnacle.security.control;

import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.util.TypeLiteral;
import java.lang.annotation.Annotation;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** A directory with the project "vision", number 7. */
final class OneProject implements Instance<ProjectDirectory> {
  static final long ID = 7;
  static final String SLUG = "vision";

  private static final ProjectDirectory DIRECTORY =
      new ProjectDirectory() {
        @Override
        public Optional<Long> idOf(String slug) {
          return slug.equals(SLUG) ? Optional.of(ID) : Optional.empty();
        }

        @Override
        public Optional<String> slugOf(long projectId) {
          return projectId == ID ? Optional.of(SLUG) : Optional.empty();
        }
      };

  @Override
  public ProjectDirectory get() {
    return DIRECTORY;
  }

  @Override
  public boolean isUnsatisfied() {
    return false;
  }

  @Override
  public boolean isAmbiguous() {
    return false;
  }

  @Override
  public Iterator<ProjectDirectory> iterator() {
    return List.of(DIRECTORY).iterator();
  }

  @Override
  public void destroy(ProjectDirectory instance) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Handle<ProjectDirectory> getHandle() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Iterable<? extends Handle<ProjectDirectory>> handles() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Instance<ProjectDirectory> select(Annotation... qualifiers) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <U extends ProjectDirectory> Instance<U> select(
      Class<U> subtype, Annotation... qualifiers) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <U extends ProjectDirectory> Instance<U> select(
      TypeLiteral<U> subtype, Annotation... qualifiers) {
    throw new UnsupportedOperationException();
  }
}
