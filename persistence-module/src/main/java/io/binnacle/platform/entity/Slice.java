package io.binnacle.platform.entity;

import java.util.List;
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
   * The page of the API.
   *
   * @param filter the canonical text of the list, to which its cursors are bound
   * @param total how many items the filter matches
   */
  public Page<T> page(String filter, long total) {
    return new Page<>(items, next == null ? null : Cursor.encode(filter, next), total, true);
  }
}
