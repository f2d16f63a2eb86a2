package io.binnacle.it.server;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a server under test differs from a fresh one on the embedded database.
 *
 * @param name for its folder under {@code ear/target/it}
 * @param environment variables beside the address, the data directory and the admin
 */
public record ServerOptions(String name, Map<String, String> environment) {
  /** A fresh server on the embedded database. */
  public static ServerOptions named(String name) {
    return new ServerOptions(name, Map.of());
  }

  /** The same with another variable. */
  public ServerOptions with(String variable, String value) {
    Map<String, String> more = new LinkedHashMap<>(environment);
    more.put(variable, value);
    return new ServerOptions(name, Map.copyOf(more));
  }

  /** The same with more variables, as a database has them. */
  public ServerOptions with(Map<String, String> variables) {
    ServerOptions all = this;
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      all = all.with(variable.getKey(), variable.getValue());
    }
    return all;
  }
}
