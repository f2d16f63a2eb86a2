package io.binnacle.platform.entity;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list, as every list of the API is answered.
 *
 * @param items the items of this page
 * @param nextCursor opaque; asks for the next page; null on the last one
 * @param total how many items the filter matches
 * @param totalExact false when {@code total} is only a lower bound
 */
public record Page<T>(List<T> items, @Nullable String nextCursor, long total, boolean totalExact) {

  /** A list that fits on one page. */
  public static <T> Page<T> whole(List<T> items) {
    return new Page<>(List.copyOf(items), null, items.size(), true);
  }

  /** The same page with every item translated. */
  public <R> Page<R> map(Function<? super T, ? extends R> translation) {
    List<R> translated = items.stream().<R>map(translation).toList();
    return new Page<>(translated, nextCursor, total, totalExact);
  }
}
