package io.binnacle.logs.control.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.binnacle.logs.entity.LineBuffer;
import io.binnacle.logs.store.segment.Segment;
import io.binnacle.logs.store.segment.SegmentEncoder;
import io.binnacle.testing.TestLogs;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SegmentCuttingTest {
  private static final int BUCKET = 489_920;

  private final SegmentCutting cutting = new SegmentCutting();

  @Test
  void nothingIsCutFromNothing() {
    assertEquals(List.of(), cutting.within(BUCKET, new LineBuffer()));
    assertEquals(List.of(), cutting.byHour(new LineBuffer(), 1));
  }

  @Test
  void linesOfOneBucketStayInItWhateverTheirTimes() {
    LineBuffer lines = new LineBuffer();
    TestLogs.add(lines, 0, "a");
    TestLogs.add(lines, Long.MAX_VALUE, "b");

    List<SegmentCut> cuts = cutting.within(BUCKET, lines);

    assertEquals(List.of(BUCKET), cuts.stream().map(SegmentCut::bucket).toList());
    assertEquals(List.of("a", "b"), read(cuts));
  }

  @Test
  void whereASegmentIsFullTheNextBegins() {
    LineBuffer lines = new LineBuffer();
    List<String> messages = messages(3, 200_000);
    messages.forEach(message -> TestLogs.add(lines, 1, message));

    List<SegmentCut> cuts = cutting.within(BUCKET, lines);

    assertEquals(List.of(0, 1, 2), cuts.stream().map(SegmentCut::from).toList());
    assertEquals(messages, read(cuts));
  }

  @Test
  void linesWithoutTextFillASegmentToo() {
    LineBuffer lines = new LineBuffer();
    for (int i = 0; i < 2 * SegmentEncoder.MAX_LINES + 1; i++) {
      TestLogs.add(lines, i, "");
    }

    List<SegmentCut> cuts = cutting.within(BUCKET, lines);

    assertEquals(
        List.of(0, SegmentEncoder.MAX_LINES, 2 * SegmentEncoder.MAX_LINES),
        cuts.stream().map(SegmentCut::from).toList());
  }

  @Test
  void manyThreadsCutAtOnceAndNoneSeesTheLinesOfAnother() {
    List<List<String>> written = IntStream.range(0, 200).mapToObj(i -> messages(i, i)).toList();

    List<List<String>> read =
        written.parallelStream()
            .map(
                messages -> {
                  LineBuffer lines = new LineBuffer();
                  messages.forEach(message -> TestLogs.add(lines, 1, message));
                  return read(cutting.byHour(lines, 1));
                })
            .toList();

    assertEquals(written, read);
  }

  private static List<String> messages(int count, int length) {
    return IntStream.range(0, count).mapToObj(i -> i + "x".repeat(length)).toList();
  }

  private static List<String> read(List<SegmentCut> cuts) {
    List<String> messages = new ArrayList<>();
    for (SegmentCut cut : cuts) {
      assertEquals(messages.size(), cut.from());
      Segment segment = Segment.open(cut.encoded().payload(), cut.encoded().checksum());
      IntStream.range(0, segment.lines()).mapToObj(segment::message).forEach(messages::add);
    }
    return messages;
  }
}
