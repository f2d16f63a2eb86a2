package io.binnacle.platform.boundary.faces;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The addresses of the console and the pages behind them. Nobody sees a page's file name. */
public final class PageRoutes {
  private static final String PROJECT = "/projects/(?<project>[a-z0-9][a-z0-9._-]*)";

  private static final List<PageRoute> ROUTES =
      List.of(
          route("/", "projects"),
          route("/login", "login"),
          route("/runs", "runs"),
          route("/runs/(?<run>[0-9a-fA-F-]{36})", "run"),
          route(PROJECT, "project"),
          route(PROJECT + "/services", "services"),
          route(PROJECT + "/services/(?<service>[a-z0-9][a-z0-9._-]*)", "service"),
          route(PROJECT + "/settings", "settings"),
          route("/refusals", "refusals"),
          route("/api-keys", "api-keys"),
          route("/account", "account"),
          route("/users", "users"));

  private static final List<String> NAMES = List.of("project", "service", "run");

  private PageRoutes() {}

  /** A page, and the names that stood in its address. */
  record Target(String view, Map<String, String> names) {}

  private record PageRoute(Pattern address, String view) {}

  /** The page behind an address, if there is one. */
  static Optional<Target> find(String address) {
    for (PageRoute route : ROUTES) {
      Matcher matcher = route.address.matcher(address);
      if (matcher.matches()) {
        return Optional.of(new Target(route.view, names(route, matcher)));
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

  private static PageRoute route(String address, String page) {
    return new PageRoute(Pattern.compile(address), "/pages/" + page + ".xhtml");
  }
}
