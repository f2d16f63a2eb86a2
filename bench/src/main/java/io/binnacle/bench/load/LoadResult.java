package io.binnacle.bench.load;

import org.jspecify.annotations.Nullable;

/**
 * What a load did.
 *
 * @param batches batches acknowledged
 * @param lines lines acknowledged
 * @param textBytes bytes of text acknowledged
 * @param seconds from the first request to the last answer
 * @param latencies from due time to answer
 * @param busy answers 429 or 503, after which the batch was sent again
 * @param slowDowns answers 200 with a Retry-After
 * @param refusedLines lines the server refused singly
 * @param failures other answers
 * @param firstFailure the first of them, or null
 * @param unsent batches of a fixed rate that found no free connection before the end
 */
public record LoadResult(
    long batches,
    long lines,
    long textBytes,
    double seconds,
    Latencies latencies,
    long busy,
    long slowDowns,
    long refusedLines,
    long failures,
    @Nullable String firstFailure,
    long unsent) {

  /** Lines a second. */
  public double linesPerSecond() {
    return lines / seconds;
  }

  /** What went wrong, in few words; the empty string if nothing did. */
  public String troubles() {
    StringBuilder out = new StringBuilder();
    note(out, busy, "busy");
    note(out, slowDowns, "asked to slow down");
    note(out, refusedLines, "lines refused");
    note(out, unsent, "batches behind the rate");
    note(out, failures, "failed: " + firstFailure);
    return out.toString();
  }

  private static void note(StringBuilder out, long count, String what) {
    if (count > 0) {
      out.append(", ").append(count).append(' ').append(what);
    }
  }
}
