package io.binnacle.runs.boundary.faces;

import io.binnacle.platform.entity.ProblemException;
import io.binnacle.runs.entity.RunDetails;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What people may change of a run, as a form has it. While it is open, the script and others go on
 * to change the run: only what the form was sent with another value than it was shown with counts.
 *
 * @param tags one on each line: a tag may hold any other separator
 */
record RunEdit(String name, String tags, String notes) {
  RunEdit {
    tags =
        tags.lines()
            .map(String::strip)
            .filter(tag -> !tag.isEmpty())
            .collect(Collectors.joining("\n"));
    notes = withLines(notes);
  }

  /** A run as its form shows it. */
  static RunEdit of(String name, List<String> tags, String notes) {
    return new RunEdit(name, String.join("\n", tags), notes);
  }

  /**
   * What becomes of a run.
   *
   * @param shown what the form showed
   * @throws ProblemException INVALID_FIELD when somebody else changed the same field meanwhile
   */
  RunDetails over(RunDetails now, RunEdit shown) {
    return new RunDetails(
        changed("name", name, shown.name, now.name()),
        now.config(),
        tagsOver(now.tags(), shown),
        changed("notes", notes, shown.notes, withLines(now.notes())),
        now.host(),
        now.gitCommit(),
        now.command(),
        now.release(),
        now.environment(),
        now.service());
  }

  private static String changed(String field, String wanted, String shown, String now) {
    if (wanted.equals(shown)) {
      return now;
    }
    if (!now.equals(shown) && !now.equals(wanted)) {
      throw ProblemException.field(
          field, "Somebody changed this meanwhile. Open the page again to see it.");
    }
    return wanted;
  }

  /** Browsers send the ends of lines in their own way. */
  private static String withLines(String text) {
    return text.replace("\r\n", "\n");
  }

  /** Tags that others added stay, tags that others took away do not come back. */
  private List<String> tagsOver(List<String> there, RunEdit shown) {
    Set<String> result = new LinkedHashSet<>(there);
    result.removeAll(shown.tagSet());
    Set<String> kept = tagSet();
    kept.removeIf(tag -> shown.tagSet().contains(tag) && !there.contains(tag));
    result.addAll(kept);
    return List.copyOf(result);
  }

  private Set<String> tagSet() {
    return tags.isEmpty()
        ? new LinkedHashSet<>()
        : new LinkedHashSet<>(Arrays.asList(tags.split("\n")));
  }
}
