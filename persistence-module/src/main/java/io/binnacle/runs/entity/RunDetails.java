package io.binnacle.runs.entity;

import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.Texts;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a run says of itself. Checked when made, so whoever holds one needs no checks.
 *
 * @param config a JSON object, at most 262,144 characters
 * @param tags sorted, at most 50 of at most 64 characters
 */
public record RunDetails(
    String name,
    String config,
    List<String> tags,
    String notes,
    @Nullable String host,
    @Nullable String gitCommit,
    @Nullable String command,
    @Nullable String release,
    @Nullable String environment,
    @Nullable String service) {

  /** No run has more. */
  static final int MAX_TAGS = 50;

  private static final int MAX_CONFIG_CHARS = 256 << 10;

  public RunDetails {
    name = Texts.name("name", name, 200);
    if (config.length() > MAX_CONFIG_CHARS) {
      throw ProblemException.limit(
          "config", MAX_CONFIG_CHARS, "At most " + MAX_CONFIG_CHARS + " characters of JSON.");
    }
    if (tags.size() > MAX_TAGS) {
      throw ProblemException.limit("tags", MAX_TAGS, "At most " + MAX_TAGS + " tags.");
    }
    tags.forEach(RunDetails::checkTag);
    tags = List.copyOf(new TreeSet<>(tags));
    notes = Texts.bounded("notes", notes, 64 << 10);
    host = Texts.optional("host", host, 255);
    gitCommit = Texts.optional("git_commit", gitCommit, 64);
    command = Texts.optional("command", command, 4000);
    release = Texts.optional("release", release, 200);
    environment = Texts.optional("environment", environment, 200);
    service = Texts.optional("service", service, 200);
  }

  private static void checkTag(String tag) {
    if (tag.isBlank() || tag.length() > 64 || tag.chars().anyMatch(Character::isISOControl)) {
      throw ProblemException.limit(
          "tags", 64, "A tag has 1 to 64 characters and no control characters.");
    }
  }
}
