package io.binnacle.logs.control.tail;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.binnacle.logs.control.read.LogSearch;
import io.binnacle.logs.control.read.SegmentsInMemory;
import io.binnacle.logs.entity.LineBuffer;
import io.binnacle.logs.entity.LogFilter;
import io.binnacle.logs.entity.LogLine;
import io.binnacle.logs.entity.LogOwner;
import io.binnacle.logs.entity.LogStream;
import io.binnacle.logs.entity.OwnerKind;
import io.binnacle.security.entity.ProjectScope;
import io.binnacle.testing.TestLogs;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CatchUpTest {
  private static final ProjectScope SCOPE = ProjectScope.granted(TestLogs.PROJECT);
  private static final LogOwner OWNER = new LogOwner(OwnerKind.RUN, 100);

  private final SegmentsInMemory segments = new SegmentsInMemory();
  private final LogSearch search = segments.search(10_000);
  private final CatchUp catchUp = new CatchUp(new TailReading(search, SCOPE), LogFilter.NONE);

  @Test
  void whatFitsComesInTheOrderOfItsTime() {
    keep(1, "a", 3);
    keep(2, "b", 2);
    add(1, 2);
    add(2, 1);

    TailStart start = read();

    assertEquals(
        List.of("2:1", "2:2", "1:2", "1:3"),
        start.history().stream().map(line -> line.streamId() + ":" + line.line()).toList());
    assertEquals(List.of(), start.skipped());
  }

  @Test
  void ofALongAbsenceTheNewestLinesComeAndTheOthersAreSkipped() {
    keep(1, "a", 10_004);
    add(1, 2);

    TailStart start = read();

    assertEquals(10_000, start.history().size());
    assertEquals(10_004, start.history().get(9_999).line());
    assertEquals(List.of("1 2-4"), places(start.skipped()));
  }

  @Test
  void aStreamThatSaysMuchLeavesRoomForTheOthers() {
    keep(1, "a", 12_000);
    keep(2, "b", 4_000);
    keep(3, "c", 100);
    List.of(1, 2, 3).forEach(stream -> add(stream, 1));

    TailStart start = read();

    assertEquals(
        Map.of(1L, 5_900L, 2L, 4_000L, 3L, 100L),
        start.history().stream()
            .collect(Collectors.groupingBy(LogLine::streamId, Collectors.counting())));
    assertEquals(List.of("1 1-6100"), places(start.skipped()));
  }

  @Test
  void longMessagesAreBoundedByTheirSize() {
    keep(1, "x".repeat(60_000), 200);
    add(1, 1);

    TailStart start = read();

    assertEquals(69, start.history().size());
    assertEquals(List.of("1 1-131"), places(start.skipped()));
  }

  @Test
  void whatWasRolledOffMeanwhileIsGone() {
    LogStream stream = new LogStream(1, TestLogs.PROJECT, OWNER, "main", 8, 5, 0, false);

    catchUp.add(stream, 3, 6);

    assertEquals(List.of("1 3-5"), places(read().gone()));
  }

  private void keep(long id, String message, int count) {
    LineBuffer lines = new LineBuffer();
    for (int i = 0; i < count; i++) {
      TestLogs.add(lines, 10 * i - id, message);
    }
    segments.keep(TestLogs.stream(id, OWNER, "s" + id), 1, 0, lines);
  }

  private void add(long id, long next) {
    LogStream stream =
        segments.streams(SCOPE, OWNER).stream().filter(s -> s.id() == id).findFirst().orElseThrow();
    catchUp.add(stream, next, stream.nextLine());
  }

  private TailStart read() {
    return catchUp.read(Map.of(), Map.of());
  }

  private static List<String> places(List<TailFrame.Skipped> frames) {
    return frames.stream()
        .map(frame -> frame.stream() + " " + frame.fromLine() + "-" + frame.toLine())
        .toList();
  }
}
