package io.binnacle.platform.boundary.faces;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The address of the page that is asked for, and the names in it. */
@Named("route")
@RequestScoped
public class Route {
  private String address = "/";
  private @Nullable String query;
  private Map<String, String> names = Map.of();

  /** To be called once, by the filter that finds the page. */
  public void take(String newAddress, @Nullable String newQuery, Map<String, String> newNames) {
    address = newAddress;
    query = newQuery;
    names = Map.copyOf(newNames);
  }

  /** The path that stands in the browser. */
  public String address() {
    return address;
  }

  /** The path with the parameters behind it. */
  public String addressWithQuery() {
    return query == null ? address : address + "?" + query;
  }

  /** A name in the address, such as {@code project}; empty when the address has none. */
  public String name(String key) {
    return names.getOrDefault(key, "");
  }
}
