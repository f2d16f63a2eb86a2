package io.binnacle.runs.entity;

import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.SortOrder;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which runs of a list are wanted, and in which order; null or empty leaves a part open.
 *
 * @param statuses any of them
 * @param tags all of them
 * @param text what one of the run's own texts contains, in any case: its name, notes, host,
 *     command, id, commit or tags
 * @param origin where they come from
 * @param order the order of the list
 */
public record RunFilter(
    @Nullable Long projectId,
    Set<RunStatus> statuses,
    List<String> tags,
    @Nullable String text,
    @Nullable Instant startedAfter,
    @Nullable Instant startedBefore,
    Origin origin,
    SortOrder order) {

  /** Where runs come from; each is the whole value, or null for any. */
  public record Origin(
      @Nullable String host,
      @Nullable String release,
      @Nullable String environment,
      @Nullable String service) {
    /** From anywhere. */
    public static final Origin ANY = new Origin(null, null, null, null);
  }

  public RunFilter {
    // Sorted: equal filters have one text.
    statuses = Collections.unmodifiableSet(new TreeSet<>(statuses));
    if (tags.size() > RunDetails.MAX_TAGS) {
      throw ProblemException.limit(
          "tag", RunDetails.MAX_TAGS, "No run has more than " + RunDetails.MAX_TAGS + " tags.");
    }
    tags = List.copyOf(new TreeSet<>(tags));
  }

  /** One text for equal filters; cursors are bound to it. */
  public String canonical() {
    return "runs" + this;
  }
}
