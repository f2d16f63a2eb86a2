package io.binnacle.platform.boundary.rest;

import io.binnacle.platform.entity.ListRequest;
import io.binnacle.platform.entity.ProblemException;
import jakarta.ws.rs.QueryParam;
import org.jspecify.annotations.Nullable;

/**
 * The query parameters of a list that is searched and sorted. JAX-RS fills fields, so they can't be
 * a record.
 */
public class ListParameters {
  @QueryParam("q")
  @Nullable String text;

  @QueryParam("sort")
  @Nullable String sort;

  @QueryParam("cursor")
  @Nullable String cursor;

  @QueryParam("limit")
  @Nullable Integer limit;

  /**
   * The page that they ask for.
   *
   * @throws ProblemException INVALID_FIELD for a limit that no page has
   */
  public ListRequest request() {
    return new ListRequest(text, sort, cursor, PageLimit.of(limit));
  }
}
