package io.binnacle.platform.entity;

/**
 * An order of a list.
 *
 * @param code how addresses and the API name it; a minus turns it round
 * @param key what the store sorts by
 * @param falling from the largest to the smallest; what has no key is the smallest
 */
public record SortOrder(String code, SortKey key, boolean falling) {

  /**
   * What a store sorts by.
   *
   * @param expression in the language of queries
   * @param type of its values: String, Long, Instant or an enum
   * @param optional whether it may be null
   */
  public record SortKey(String expression, Class<?> type, boolean optional) {}
}
