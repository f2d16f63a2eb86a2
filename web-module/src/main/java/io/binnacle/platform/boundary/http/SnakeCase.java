package io.binnacle.platform.boundary.http;

import java.util.Locale;

/** The names in all JSON of the API. */
public final class SnakeCase {
  private SnakeCase() {}

  /** What a Java name such as {@code startedAt} is called in JSON. */
  public static String of(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }
}
