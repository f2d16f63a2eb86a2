package io.binnacle.platform.entity;

import io.binnacle.platform.entity.SortOrder.SortKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The orders in which a list can be read, each in both directions. */
public final class SortOrders {
  private final Map<String, SortKey> keys = new LinkedHashMap<>();
  private final String usual;

  private SortOrders(String usual) {
    this.usual = usual;
  }

  /** Orders of a list that has this one when nobody asks for another. */
  public static SortOrders usually(String code) {
    return new SortOrders(code);
  }

  /** Adds a key that every item has. */
  public SortOrders by(String code, String expression, Class<?> type) {
    keys.put(code, new SortKey(expression, type, false));
    return this;
  }

  /** Adds a key that some items lack. */
  public SortOrders byOptional(String code, String expression, Class<?> type) {
    keys.put(code, new SortKey(expression, type, true));
    return this;
  }

  /**
   * The order of a code, or the usual one.
   *
   * @throws ProblemException {@code invalid_field} when there is no such order
   */
  public SortOrder of(@Nullable String code) {
    String wanted = code == null || code.isEmpty() ? usual : code;
    boolean falling = wanted.startsWith("-");
    SortKey key = keys.get(falling ? wanted.substring(1) : wanted);
    if (key == null) {
      throw ProblemException.field("sort", "One of " + String.join(", ", codes()) + ".");
    }
    return new SortOrder(wanted, key, falling);
  }

  /** The code of the order that a list has when nobody asks for another. */
  public String usual() {
    return usual;
  }

  /** All codes. */
  public List<String> codes() {
    return keys.keySet().stream().flatMap(code -> Stream.of(code, "-" + code)).toList();
  }
}
