package io.binnacle.platform.store;

import io.binnacle.platform.entity.Cursor;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.Slice;
import io.binnacle.platform.entity.SortOrder;
import io.binnacle.platform.entity.Times;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A list that is filtered, sorted by one key and the id, and read page by page from behind the keys
 * of the item before: never by counting rows from the start.
 */
public final class KeysetQuery {
  private final EntityManager entities;
  private final String items;
  private final String from;
  private final String id;
  private final List<String> conditions = new ArrayList<>();
  private final Map<String, Object> parameters = new HashMap<>();
  private String weight = "0";
  private long maxWeight = Long.MAX_VALUE;

  /**
   * @param items what is read, such as {@code r}
   * @param from where it is read, such as {@code Run r}
   * @param id the key of the items, such as {@code r.id}
   */
  public KeysetQuery(EntityManager entities, String items, String from, String id) {
    this.entities = entities;
    this.items = items;
    this.from = from;
    this.id = id;
  }

  /** Narrows the list. */
  public KeysetQuery where(String condition) {
    conditions.add("(" + condition + ")");
    return this;
  }

  /** Narrows the list by a condition with one parameter, unless that is null. */
  public KeysetQuery where(String condition, String parameter, @Nullable Object value) {
    if (value != null) {
      where(condition);
      parameters.put(parameter, value);
    }
    return this;
  }

  /** Narrows the list to what holds a text in one of some attributes, in any case. */
  public KeysetQuery containing(@Nullable String text, String... attributes) {
    if (text == null || text.isBlank()) {
      return this;
    }
    String anywhere =
        Arrays.stream(attributes)
            .map(attribute -> "lower(" + attribute + ") like :text escape '!'")
            .collect(Collectors.joining(" or "));
    String pattern = "%" + literal(text.strip().toLowerCase(Locale.ROOT)) + "%";
    return where(anywhere, "text", pattern);
  }

  /**
   * Ends a page before its items weigh more together; its first item may be heavier alone.
   *
   * @param expression what one item weighs
   */
  public KeysetQuery weighing(String expression, long atMost) {
    weight = expression;
    maxWeight = atMost;
    return this;
  }

  /** A text as it stands in a pattern, to be escaped by an exclamation mark. */
  public static String literal(String text) {
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
  }

  /** How many items there are. */
  public long count() {
    TypedQuery<Long> query =
        entities.createQuery("select count(" + id + ") from " + from + filter(), Long.class);
    parameters.forEach(query::setParameter);
    return query.getSingleResult();
  }

  /**
   * One page.
   *
   * @param after where the page before ended, or null for the first
   * @param item makes an item out of what was read
   * @throws ProblemException {@code invalid_cursor}
   */
  public <T> Slice<T> list(
      SortOrder order, @Nullable List<String> after, int limit, Function<Object[], T> item) {
    if (after != null) {
      goOnBehind(order, after);
    }
    String direction = order.falling() ? " desc" : "";
    String key = order.key().expression();
    TypedQuery<Object[]> query =
        entities.createQuery(
            ("select " + items + ", " + weight + ", " + key + ", " + id)
                + (" from " + from + filter())
                + (" order by " + key + direction + ", " + id + direction),
            Object[].class);
    parameters.forEach(query::setParameter);
    List<Object[]> found = query.setMaxResults(limit + 1).getResultList();
    return Slice.of(found, Math.min(limit, light(found)), KeysetQuery::keys).map(item);
  }

  /** How many of the rows are light enough together; at least one, so that a list goes on. */
  private int light(List<Object[]> rows) {
    long sum = 0;
    for (int i = 0; i < rows.size(); i++) {
      Object[] row = rows.get(i);
      sum += ((Number) row[row.length - 3]).longValue();
      if (sum > maxWeight && i > 0) {
        return i;
      }
    }
    return rows.size();
  }

  private String filter() {
    return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
  }

  private void goOnBehind(SortOrder order, List<String> after) {
    String key = order.key().expression();
    String beyond = order.falling() ? " < " : " > ";
    Object value = valueOf(after, order.key().type());
    parameters.put("afterId", idOf(after));
    if (value == null) {
      String same = key + " is null and " + id + beyond + ":afterId";
      where(order.falling() ? same : same + " or " + key + " is not null");
      return;
    }
    parameters.put("afterKey", value);
    String behind =
        (key + beyond + ":afterKey or ")
            + ("(" + key + " = :afterKey and " + id + beyond + ":afterId)");
    where(order.falling() && order.key().optional() ? behind + " or " + key + " is null" : behind);
  }

  /** The last two columns; a missing key is told from an empty one by its absence. */
  private static List<String> keys(Object[] row) {
    Object key = row[row.length - 2];
    String id = row[row.length - 1].toString();
    return key == null ? List.of(id) : List.of(id, text(key));
  }

  private static String text(Object key) {
    return key instanceof Instant time
        ? Long.toString(Times.nanos(time))
        : key instanceof Enum<?> one ? one.name() : key.toString();
  }

  private static long idOf(List<String> after) {
    try {
      return Long.parseLong(after.get(0));
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw Cursor.notMadeHere();
    }
  }

  private static @Nullable Object valueOf(List<String> after, Class<?> type) {
    if (after.size() < 2) {
      return null;
    }
    String text = after.get(1);
    try {
      if (type == Instant.class) {
        return Times.instant(Long.parseLong(text));
      }
      return type == Long.class ? (Object) Long.valueOf(text) : constantOrText(type, text);
    } catch (NumberFormatException e) {
      throw Cursor.notMadeHere();
    }
  }

  private static Object constantOrText(Class<?> type, String text) {
    if (!type.isEnum()) {
      return text;
    }
    return Stream.of(type.getEnumConstants())
        .filter(one -> ((Enum<?>) one).name().equals(text))
        .findFirst()
        .orElseThrow(Cursor::notMadeHere);
  }
}
