package io.binnacle.logs.control.tail;

import io.binnacle.logs.entity.LogFilter;
import io.binnacle.logs.entity.LogStream;
import org.jspecify.annotations.Nullable;

/**
 * What a viewer of a live tail wants to see.
 *
 * @param stream the id or name of one stream, which need not be there yet; null for all of the log
 */
public record TailQuery(LogFilter filter, @Nullable String stream) {
  /** Every line of every stream. */
  public static final TailQuery ALL = new TailQuery(LogFilter.NONE, null);

  /** Whether lines of a stream are wanted. */
  boolean accepts(LogStream candidate) {
    return stream == null || candidate.isCalled(stream);
  }
}
