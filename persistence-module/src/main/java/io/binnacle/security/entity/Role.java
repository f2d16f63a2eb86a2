package io.binnacle.security.entity;

import java.util.EnumSet;
import java.util.Set;

/** What a user is; membership decides in which projects. */
public enum Role {
  ADMIN(EnumSet.allOf(Right.class)),
  MEMBER(EnumSet.of(Right.INGEST, Right.READ, Right.WRITE)),
  VIEWER(EnumSet.of(Right.READ));

  private final Set<Right> rights;

  Role(Set<Right> rights) {
    this.rights = Set.copyOf(rights);
  }

  /** The rights that the role brings. */
  public Set<Right> rights() {
    return rights;
  }
}
