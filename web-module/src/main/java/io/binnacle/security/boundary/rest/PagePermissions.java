package io.binnacle.security.boundary.rest;

import io.binnacle.security.entity.Right;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who may see which page of the console. A page that stands nowhere here is refused, so a new page
 * can't be open because somebody forgot.
 */
public final class PagePermissions {
  /** Pages for everybody, without their extension. */
  private static final Set<String> OPEN = Set.of("/login");

  /** Pages for whoever has the right. */
  private static final Map<String, Right> RIGHTS = Map.of("/", Right.READ, "/index", Right.READ);

  private PagePermissions() {}

  /** Whether anybody may see a page. */
  static boolean isOpen(String path) {
    return OPEN.contains(page(path));
  }

  /** The right that a page asks for; empty when there is no such page. */
  static Optional<Right> rightFor(String path) {
    return Optional.ofNullable(RIGHTS.get(page(path)));
  }

  private static String page(String path) {
    return path.endsWith(".xhtml") ? path.substring(0, path.length() - ".xhtml".length()) : path;
  }
}
