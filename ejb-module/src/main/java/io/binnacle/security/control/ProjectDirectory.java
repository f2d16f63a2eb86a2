package io.binnacle.security.control;

import java.util.Optional;

/**
 * What security must know of projects to bind keys to them, without knowing projects: the projects
 * feature implements it.
 */
public interface ProjectDirectory {
  /** The id of a project by its slug. */
  Optional<Long> idOf(String slug);

  /** The slug of a project by its id. */
  Optional<String> slugOf(long projectId);
}
