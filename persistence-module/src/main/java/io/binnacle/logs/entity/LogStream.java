package io.binnacle.logs.entity;

/**
 * What one process writes: numbered lines without gaps.
 *
 * @param nextLine the number of the line that comes next; the first line is 1
 * @param purgedThrough the last line that was deleted; 0 when none was
 * @param createdAt nanoseconds since 1970
 * @param deleted whether the owner was deleted: nothing may be appended any more
 */
public record LogStream(
    long id,
    long projectId,
    LogOwner owner,
    String name,
    long nextLine,
    long purgedThrough,
    long createdAt,
    boolean deleted) {

  /** How many lines can be read. */
  public long lines() {
    return nextLine - 1 - purgedThrough;
  }

  /** The first line that can be read. */
  public long firstLine() {
    return purgedThrough + 1;
  }

  /** Whether this is its id or its name. */
  public boolean isCalled(String idOrName) {
    return name.equals(idOrName) || Long.toString(id).equals(idOrName);
  }
}
