package io.binnacle.logs.control.tail;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.logs.entity.LogOwner;
import io.binnacle.logs.entity.LogStream;
import io.binnacle.logs.entity.OwnerKind;
import io.binnacle.runs.entity.RunStatus;
import io.binnacle.testing.TestLogs;
import java.util.List;
import org.junit.jupiter.api.Test;

class TailedStateTest {
  private final TailedState state = new TailedState();

  @Test
  void aLogIsClearedWhenAllItsLinesAreGone() {
    assertFalse(state.isCleared(List.of(stream(1, 11, 0), stream(2, 1, 0))));
    assertFalse(state.isCleared(List.of(stream(1, 13, 0), stream(2, 5, 0))));

    assertTrue(state.isCleared(List.of(stream(1, 20, 14), stream(2, 5, 4))));
    assertFalse(state.isCleared(List.of(stream(1, 20, 14), stream(2, 5, 4))));
  }

  @Test
  void aLogIsClearedWhenItsStreamsAreDeleted() {
    state.isCleared(List.of(stream(1, 11, 0)));

    assertTrue(state.isCleared(List.of()));
  }

  @Test
  void aLogOfWhichTheOldestLinesAreRolledOffIsNotCleared() {
    state.isCleared(List.of(stream(1, 11, 0), stream(2, 11, 0)));

    assertFalse(state.isCleared(List.of(stream(1, 11, 9), stream(2, 11, 10))));
  }

  @Test
  void whatWasToldHereIsNotToldAgain() {
    state.isCleared(List.of(stream(1, 11, 0)));
    state.clearedHere();

    assertFalse(state.isCleared(List.of(stream(1, 11, 10))));
  }

  @Test
  void aStatusIsNewsWhenItIsAnotherOne() {
    assertFalse(state.isNews(RunStatus.RUNNING));
    assertFalse(state.isNews(RunStatus.RUNNING));
    assertTrue(state.isNews(RunStatus.FINISHED));
    assertFalse(state.isNews(RunStatus.FINISHED));
  }

  private static LogStream stream(long id, long nextLine, long purgedThrough) {
    LogOwner owner = new LogOwner(OwnerKind.RUN, 100);
    return new LogStream(id, TestLogs.PROJECT, owner, "s", nextLine, purgedThrough, 0, false);
  }
}
