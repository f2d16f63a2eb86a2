package io.binnacle.security.control;

import java.util.Optional;

/** A directory with the project "vision", number 7. */
final class OneProject implements ProjectDirectory {
  static final long ID = 7;
  static final String SLUG = "vision";

  @Override
  public Optional<Long> idOf(String slug) {
    return slug.equals(SLUG) ? Optional.of(ID) : Optional.empty();
  }

  @Override
  public Optional<String> slugOf(long projectId) {
    return projectId == ID ? Optional.of(SLUG) : Optional.empty();
  }
}
