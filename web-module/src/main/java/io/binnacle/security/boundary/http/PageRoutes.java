package io.binnacle.security.boundary.http;

import io.binnacle.security.entity.Caller;
import io.binnacle.security.entity.Right;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of the console, the pages behind them, and who may see each. Nobody sees a page's
 * file name. A page that stands nowhere here is refused, so a new one can't be open because
 * somebody forgot.
 */
public final class PageRoutes {
  private static final String PROJECT = "/projects/(?<project>[a-z0-9][a-z0-9._-]*)";

  private static final List<PageRoute> ROUTES =
      List.of(
          route("/", "projects", Right.READ),
          openRoute("/login", "login"),
          route("/runs", "runs", Right.READ),
          route("/runs/(?<run>[0-9a-fA-F-]{36})", "run", Right.READ),
          route(PROJECT, "project", Right.READ),
          route(PROJECT + "/services", "services", Right.READ),
          route(PROJECT + "/services/(?<service>[a-z0-9][a-z0-9._-]*)", "service", Right.READ),
          route(PROJECT + "/settings", "settings", Right.READ),
          route("/refusals", "refusals", Right.READ),
          route("/api-keys", "api-keys", Right.READ),
          route("/account", "account", Right.READ),
          route("/users", "users", Right.ADMIN),
          route("/audit", "audit", Right.ADMIN));

  private static final List<String> NAMES = List.of("project", "service", "run");

  private PageRoutes() {}

  /**
   * A page.
   *
   * @param view its file
   * @param names what stood in its address
   * @param right that it asks for; null when everybody may see it
   */
  public record Target(String view, Map<String, String> names, @Nullable Right right) {
    /** Whether a caller may see it. */
    boolean mayBeSeenBy(@Nullable Caller caller) {
      return right == null || (caller != null && caller.may(right));
    }
  }

  private record PageRoute(Pattern address, String view, @Nullable Right right) {}

  /** The page behind an address, if there is one. */
  public static Optional<Target> find(String address) {
    for (PageRoute route : ROUTES) {
      Matcher matcher = route.address.matcher(address);
      if (matcher.matches()) {
        return Optional.of(new Target(route.view, names(route, matcher), route.right));
      }
    }
    return Optional.empty();
  }

  /** An address of every page, by its file: for what must hold of all pages. */
  public static Map<String, String> examples() {
    Map<String, String> examples = new LinkedHashMap<>();
    for (PageRoute route : ROUTES) {
      String example =
          route
              .address
              .pattern()
              .replaceAll("\\(\\?<run>[^)]*\\)", "00000000-0000-0000-0000-000000000000")
              .replaceAll("\\(\\?<[a-z]+>[^)]*\\)", "a");
      examples.put(route.view, example);
    }
    return examples;
  }

  private static Map<String, String> names(PageRoute route, Matcher matcher) {
    Map<String, String> names = new LinkedHashMap<>();
    for (String name : NAMES) {
      if (route.address.pattern().contains("(?<" + name + ">")) {
        names.put(name, matcher.group(name));
      }
    }
    return names;
  }

  private static PageRoute route(String address, String page, @Nullable Right right) {
    return new PageRoute(Pattern.compile(address), "/pages/" + page + ".xhtml", right);
  }

  private static PageRoute openRoute(String address, String page) {
    return route(address, page, null);
  }
}
