package io.binnacle.security.control;

import io.binnacle.platform.entity.Cursor;
import io.binnacle.platform.entity.Page;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Pages of lists that are ordered by one key. */
final class Keyset {
  private Keyset() {}

  /** The text key behind which a page begins, or null for the first page. */
  static @Nullable String after(String filter, @Nullable String cursor) {
    return cursor == null ? null : Cursor.decode(filter, cursor).get(0);
  }

  /** The id before which a page begins, newest first. */
  static long before(String filter, @Nullable String cursor) {
    String key = after(filter, cursor);
    try {
      return key == null ? Long.MAX_VALUE : Long.parseLong(key);
    } catch (NumberFormatException e) {
      throw ProblemException.of(ProblemType.INVALID_CURSOR, "The cursor was not made here.");
    }
  }

  /**
   * A page out of one item more than it may have: the extra one tells that there is a next page.
   */
  static <T> Page<T> page(
      String filter, List<T> found, int limit, Function<T, String> key, long total) {
    if (found.size() <= limit) {
      return new Page<>(found, null, total, true);
    }
    List<T> items = found.subList(0, limit);
    String next = Cursor.encode(filter, List.of(key.apply(items.get(limit - 1))));
    return new Page<>(items, next, total, true);
  }
}
