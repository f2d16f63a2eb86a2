package io.binnacle.security.boundary.rest;

import io.binnacle.security.entity.Right;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Who may see which page of the console. A page that stands nowhere here is refused, so a new page
 * can't be open because somebody forgot.
 */
public final class PagePermissions {
  /** Pages for everybody. */
  private static final Set<String> OPEN = Set.of("/login");

  private static final String NAME = "[a-z0-9][a-z0-9._-]*";

  /** Pages for whoever has the right. */
  private static final Map<Pattern, Right> RIGHTS =
      Map.of(
          Pattern.compile("/"), Right.READ,
          Pattern.compile("/runs(/[0-9a-fA-F-]{36})?"), Right.READ,
          Pattern.compile("/projects/" + NAME), Right.READ,
          Pattern.compile("/projects/" + NAME + "/(services|settings)"), Right.READ,
          Pattern.compile("/projects/" + NAME + "/services/" + NAME), Right.READ,
          Pattern.compile("/refusals"), Right.READ,
          Pattern.compile("/(api-keys|account)"), Right.READ,
          Pattern.compile("/users"), Right.ADMIN);

  private PagePermissions() {}

  /** Whether anybody may see a page. */
  static boolean isOpen(String path) {
    return OPEN.contains(path);
  }

  /** The right that a page asks for; empty when there is no such page. */
  static Optional<Right> rightFor(String path) {
    return RIGHTS.entrySet().stream()
        .filter(page -> page.getKey().matcher(path).matches())
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
