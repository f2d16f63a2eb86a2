package io.binnacle.logs.boundary.push;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.binnacle.logs.control.LogAddress;
import io.binnacle.logs.control.tail.TailFrame;
import io.binnacle.logs.control.tail.TailStart;
import io.binnacle.logs.entity.LogOwner;
import io.binnacle.logs.entity.OwnerKind;
import io.binnacle.security.entity.ProjectScope;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TailViewTest {
  private static final LogAddress LOG =
      new LogAddress(ProjectScope.granted(7), new LogOwner(OwnerKind.RUN, 100), "run_id", "r");
  private static final String LONG = "x".repeat(400_000);

  private final List<String> sent = new ArrayList<>();
  private final Deque<SendHandler> underWay = new ArrayDeque<>();
  private final Outbox outbox =
      new Outbox(
          (message, done) -> {
            sent.add(summary(message));
            underWay.add(done);
          });
  private final TailView view = new TailView(new TailMessages(LOG), outbox);

  @Test
  void whatComesBeforeTheHistoryFollowsIt() {
    view.deliver(line(1, "early"));
    view.status("FINISHED");

    begin();
    view.deliver(line(2, "late"));

    assertEquals(List.of("history", "status", "logs 1:1", "logs 1:2"), all());
  }

  @Test
  void newsOfAnHistoryThatTakesLongAreBoundedAndToldAsSkipped() {
    for (int i = 1; i <= 5; i++) {
      view.deliver(line(i, LONG));
    }

    begin();
    view.tellMissed();

    assertEquals(List.of("history", "skipped 1:1-5"), all());
  }

  @Test
  void aLogThatIsClearedBeforeTheHistoryIsToldAfterIt() {
    view.deliver(line(1, "gone"));
    view.cleared(Map.of(1L, 1L));
    view.deliver(line(2, "new"));

    begin();

    assertEquals(List.of("history", "deleted 1:1", "logs 1:2"), all());
  }

  @Test
  void whatCameAfterADeletionStaysHoweverLateThatIsTold() {
    view.deliver(line(1, "gone"));
    view.deliver(line(2, "new"));
    view.cleared(Map.of(1L, 1L));

    begin();

    assertEquals(List.of("history", "deleted 1:1", "logs 1:2"), all());
  }

  @Test
  void ofWhatWasMissedOnlyTheLinesAfterADeletionAreTold() {
    begin();
    for (int i = 1; i <= 6; i++) {
      view.deliver(line(i, LONG));
    }
    view.cleared(Map.of(1L, 4L));
    all();
    view.tellMissed();

    assertEquals(List.of("history", "logs 1:1", "logs 1:2", "deleted 1:4", "skipped 1:5-6"), all());
  }

  @Test
  void linesThatWereReadBeforeTheyWereDeletedAreNotTold() {
    begin();
    view.cleared(Map.of(1L, 4L));

    view.deliver(line(4, "gone"));
    view.deliver(line(5, "new"));

    assertEquals(List.of("history", "deleted 1:4", "logs 1:5"), all());
  }

  @Test
  void aViewerThatDoesNotReadIsToldOneRangeWhenItReadsAgain() {
    begin();
    for (int i = 1; i <= 6; i++) {
      view.deliver(line(i, LONG));
    }

    List<String> first = all();
    view.tellMissed();

    assertEquals(List.of("history", "logs 1:1", "logs 1:2"), first);
    assertEquals(List.of("history", "logs 1:1", "logs 1:2", "skipped 1:3-6"), all());
  }

  @Test
  void aViewThatIsOverSaysNothing() {
    begin();
    view.end();

    view.deliver(line(1, "late"));
    view.status("FINISHED");
    view.tellMissed();

    assertEquals(List.of("history"), all());
  }

  private void begin() {
    view.begin(new TailStart(List.of(), List.of(), List.of(), Map.of(), Map.of()));
  }

  /** What is sent when everything on the way arrives. */
  private List<String> all() {
    for (SendHandler done = underWay.poll(); done != null; done = underWay.poll()) {
      done.onResult(new SendResult());
    }
    return List.copyOf(sent);
  }

  private static TailFrame line(long number, String message) {
    return Frames.of(1, "main", number, message);
  }

  private static String summary(String message) {
    String type = part(message, "\"type\":\"(\\w+)\"");
    return switch (type) {
      case "deleted" -> "deleted " + part(message, "\"through\":\"([^\"]+)\"");
      case "logs" -> "logs " + part(message, "\"cursor\":\"([^\"]+)\"");
      case "skipped" ->
          "skipped "
              + part(message, "\"stream\":\"(\\d+)\"")
              + ":"
              + part(message, "\"from_line\":(\\d+)")
              + "-"
              + part(message, "\"to_line\":(\\d+)");
      default -> type;
    };
  }

  private static String part(String message, String expression) {
    Matcher found = Pattern.compile(expression).matcher(message);
    return found.find() ? found.group(1) : "nothing";
  }
}
