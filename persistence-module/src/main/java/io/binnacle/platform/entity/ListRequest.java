package io.binnacle.platform.entity;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which page of a list somebody wants to see.
 *
 * @param text what the items hold somewhere, in any case, or null for all
 * @param sort the code of an order, or null for the usual one
 * @param cursor where the page begins, or null for the first
 * @param limit at most so many items
 */
public record ListRequest(
    @Nullable String text, @Nullable String sort, @Nullable String cursor, int limit) {

  /** A page of the whole list in its usual order. */
  public static ListRequest page(@Nullable String cursor, int limit) {
    return new ListRequest(null, null, cursor, limit);
  }

  /**
   * One page of a list.
   *
   * @param name tells the list from others: a cursor of one is not good for another
   * @param orders those of the list
   * @param read reads a page in an order, behind the keys of the page before
   * @param total how many items there are
   * @throws ProblemException {@code invalid_field}, {@code invalid_cursor}
   */
  public <T> Page<T> answer(String name, SortOrders orders, Reading<T> read, long total) {
    SortOrder order = orders.of(sort);
    String filter = name + "|" + order.code() + "|" + (text == null ? "" : text);
    return read.slice(order, cursor == null ? null : Cursor.decode(filter, cursor))
        .page(filter, total);
  }

  /** How a store reads one page. */
  @FunctionalInterface
  public interface Reading<T> {
    /** The page behind some keys, or the first. */
    Slice<T> slice(SortOrder order, @Nullable List<String> after);
  }
}
