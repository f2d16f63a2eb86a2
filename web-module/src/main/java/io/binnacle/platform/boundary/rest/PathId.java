package io.binnacle.platform.boundary.rest;

import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;

/** A 64-bit id in a path. */
public final class PathId {
  private PathId() {}

  /**
   * @param what what the id names, for the refusal
   * @throws ProblemException NOT_FOUND when the text can't be an id
   */
  public static long of(String what, String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw ProblemException.of(
          ProblemType.NOT_FOUND, "There is no such " + what + ": its id is a number.");
    }
  }
}
