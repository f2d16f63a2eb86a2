package io.binnacle.logs.control.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.binnacle.logs.entity.LineBuffer;
import io.binnacle.logs.entity.LogOwner;
import io.binnacle.logs.entity.LogStream;
import io.binnacle.logs.entity.OwnerKind;
import io.binnacle.logs.store.segment.CorruptSegmentException;
import io.binnacle.platform.control.RefusedBatches;
import io.binnacle.platform.store.Refusals;
import io.binnacle.security.entity.ProjectScope;
import io.binnacle.testing.TestLogs;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DamagedSegmentsTest {
  private static final ProjectScope SCOPE = ProjectScope.granted(TestLogs.PROJECT);
  private static final LogStream STREAM =
      TestLogs.stream(1, new LogOwner(OwnerKind.RUN, 100), "main");

  /** Held, so that its level is not forgotten: these tests know what is damaged. */
  private static final Logger LOG = Logger.getLogger(DamagedSegments.class.getName());

  private final List<Refusals.Counter> counted = new ArrayList<>();
  private final DamagedSegments damaged = new DamagedSegments();

  @BeforeEach
  void quietly() {
    LOG.setLevel(Level.OFF);
    damaged.ledger =
        new RefusedBatches() {
          @Override
          public void count(Refusals.Counter counter) {
            counted.add(counter);
          }
        };
  }

  @AfterEach
  void aloud() {
    LOG.setLevel(null);
  }

  @Test
  void aSegmentIsToldOnceHoweverOftenItIsLookedAt() {
    found(1);
    found(1);
    found(2);

    Refusals.Counter counter = new Refusals.Counter(TestLogs.PROJECT, "logs", "damaged_segment");
    assertEquals(List.of(counter, counter), counted);
  }

  private void found(long firstLine) {
    LineBuffer lines = new LineBuffer();
    TestLogs.add(lines, 1, "line");
    damaged.found(
        SCOPE,
        TestLogs.info(TestLogs.segment(STREAM, firstLine, 0, lines)),
        new CorruptSegmentException("for this test"));
  }
}
