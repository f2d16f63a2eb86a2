package io.binnacle.logs.control.tail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.binnacle.logs.entity.LogAppend;
import io.binnacle.logs.store.LogCommits;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RemoteFeedTest {
  private static final List<Long> WRITERS = List.of(1L, 2L);

  /** A feed in memory, of which single writers can't be read. */
  private static final class Feed extends LogCommits {
    private final List<Entry> rows = new ArrayList<>();
    private final Set<Long> away = new HashSet<>();

    @Override
    public List<Entry> after(long writer, long seq) {
      require(writer);
      return rows.stream().filter(row -> row.writer() == writer && row.seq() > seq).toList();
    }

    @Override
    public long last(long writer) {
      return after(writer, 0).size();
    }

    private void require(long writer) {
      if (away.contains(writer)) {
        throw new IllegalStateException("away");
      }
    }

    private void commit(long writer) {
      rows.add(new Entry(writer, last(writer) + 1, List.of(new LogAppend(100, writer, 1, 1))));
    }
  }

  private final Feed feed = new Feed();
  private final RemoteFeed remote = new RemoteFeed();

  @BeforeEach
  void prepare() {
    remote.commits = feed;
  }

  @Test
  void aWriterThatIsNewIsReadFromItsEnd() {
    feed.commit(1);

    assertEquals("[] begun", poll());
    feed.commit(1);
    feed.commit(2);
    feed.commit(2);

    assertEquals("[1:2, 2:1, 2:2]", poll());
    assertEquals("[]", poll());
  }

  @Test
  void whatAPollFoundBeforeItFailedIsFoundAgain() {
    poll();
    feed.commit(1);
    feed.away.add(2L);

    assertThrows(IllegalStateException.class, this::poll);
    feed.away.clear();

    assertEquals("[1:1]", poll());
  }

  @Test
  void whatWasNotPassedOnIsFoundAgain() {
    remote.poll(WRITERS);
    assertEquals("[] begun", poll());
    feed.commit(2);
    remote.poll(WRITERS);

    assertEquals("[2:1]", poll());
  }

  private String poll() {
    RemoteFeed.News news = remote.poll(WRITERS);
    remote.passedOn(news);
    return news.entries().stream().map(entry -> entry.writer() + ":" + entry.seq()).toList()
        + (news.begun() ? " begun" : "");
  }
}
