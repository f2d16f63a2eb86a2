package io.binnacle.platform.boundary.faces;

import io.binnacle.platform.entity.ProblemException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * A list that is small enough to be held whole: it is filtered and sorted here, by the same
 * parameters of the address as the large ones are by their stores.
 */
public final class SmallList<T> {
  private final String usual;
  private final Function<T, String> text;
  private final Map<String, Comparator<T>> orders = new LinkedHashMap<>();

  /**
   * @param usual the order when the address names none
   * @param text what the filter looks through
   */
  public SmallList(String usual, Function<T, String> text) {
    this.usual = usual;
    this.text = text;
  }

  /** Adds an order; a minus before its code turns it round. */
  public <K extends Comparable<? super K>> SmallList<T> by(String code, Function<T, K> key) {
    orders.put(code, Comparator.comparing(key));
    return this;
  }

  /**
   * What the address asks for.
   *
   * @throws ProblemException {@code invalid_field} when there is no such order
   */
  public List<T> of(List<T> all, ListAddress address) {
    address.shows(usual, "q");
    String wanted = address.parameter("q");
    String part = wanted == null ? "" : wanted.toLowerCase(Locale.ROOT);
    return all.stream()
        .filter(item -> text.apply(item).toLowerCase(Locale.ROOT).contains(part))
        .sorted(order(address.sort()))
        .toList();
  }

  private Comparator<T> order(String code) {
    boolean falling = code.startsWith("-");
    Comparator<T> order = orders.get(falling ? code.substring(1) : code);
    if (order == null) {
      throw ProblemException.field("sort", "One of " + String.join(", ", orders.keySet()) + ".");
    }
    return falling ? order.reversed() : order;
  }
}
