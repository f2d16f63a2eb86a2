package io.binnacle.platform.entity;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a store answers to one page of a list.
 *
 * @param next the keys of the last item, from which the next page goes on; null on the last page
 */
public record Slice<T>(List<T> items, @Nullable List<String> next) {

  /** A list that has nothing. */
  public static <T> Slice<T> nothing() {
    return new Slice<>(List.of(), null);
  }

  /**
   * A page out of one item more than it may have: the extra one tells that there is a next page.
   *
   * @param limit at most so many items
   * @param keys what tells the place of an item
   */
  public static <T> Slice<T> of(
      List<T> oneMore, int limit, Function<? super T, List<String>> keys) {
    if (oneMore.size() <= limit) {
      return new Slice<>(oneMore, null);
    }
    return new Slice<>(oneMore.subList(0, limit), keys.apply(oneMore.get(limit - 1)));
  }

  /** The same page with every item translated. */
  public <R> Slice<R> map(Function<? super T, ? extends R> translation) {
    return new Slice<>(items.stream().<R>map(translation).toList(), next);
  }

  /**
   * The page of the API.
   *
   * @param filter the canonical text of the list, to which its cursors are bound
   * @param total how many items the filter matches
   */
  public Page<T> page(String filter, long total) {
    return page(filter, total, true);
  }

  /**
   * Like {@link #page(String, long)}.
   *
   * @param exact false when there may be more items
   */
  public Page<T> page(String filter, long total, boolean exact) {
    return new Page<>(items, next == null ? null : Cursor.encode(filter, next), total, exact);
  }
}
