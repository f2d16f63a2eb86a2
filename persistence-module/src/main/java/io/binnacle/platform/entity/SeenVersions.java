package io.binnacle.platform.entity;

import java.util.Set;

/**
 * The versions of a thing that a caller takes for its present one when changing it.
 *
 * @param any whether the thing only has to be there
 */
public record SeenVersions(boolean any, Set<Long> versions) {
  /** Whatever is there. */
  public static final SeenVersions ANY = new SeenVersions(true, Set.of());

  /** This one only. */
  public static SeenVersions of(long version) {
    return new SeenVersions(false, Set.of(version));
  }

  /** Whether a version is one of them. */
  public boolean include(long version) {
    return any || versions.contains(version);
  }
}
