package io.binnacle.logs.control.tail;

import io.binnacle.logs.store.LogCommits;
import io.binnacle.platform.control.ServerLife;
import io.binnacle.platform.store.ServerLives;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Reads the commit feeds of the other living servers, once for everybody on this one. */
@ApplicationScoped
public class RemoteFeed {
  /** A server that has not beaten for so long commits nothing that anybody waits for. */
  private static final long ALIVE_NANOS = TimeUnit.SECONDS.toNanos(60);

  @Inject LogCommits commits;
  @Inject ServerLives lives;
  @Inject ServerLife life;

  private final Map<Long, Long> read = new HashMap<>();

  /** The writers of other servers that may commit: each is the number of a server's life. */
  @Transactional
  public List<Long> writers() {
    return lives.seenWithin(ALIVE_NANOS).stream().filter(one -> one != life.number()).toList();
  }

  /**
   * What a poll found; it is found again until it was passed on.
   *
   * @param begun whether a writer was met for the first time: what it committed before is not among
   *     the entries, so whoever follows a log looks at its streams once
   * @param read the last number of each writer whose number is another one now
   */
  public record News(List<LogCommits.Entry> entries, boolean begun, Map<Long, Long> read) {}

  /** What writers committed since the last time; a writer that is new is read from its end. */
  @Transactional
  public News poll(List<Long> writers) {
    List<LogCommits.Entry> entries = new ArrayList<>();
    Map<Long, Long> now = new HashMap<>();
    boolean begun = false;
    for (long writer : writers) {
      Long last = read.get(writer);
      if (last == null) {
        now.put(writer, commits.last(writer));
        begun = true;
        continue;
      }
      List<LogCommits.Entry> news = commits.after(writer, last);
      if (!news.isEmpty()) {
        now.put(writer, news.get(news.size() - 1).seq());
        entries.addAll(news);
      }
    }
    return new News(entries, begun, now);
  }

  /** Goes on behind what everybody on this server was told. */
  public void passedOn(News news) {
    read.putAll(news.read());
  }

  /** Forgets where it was: nobody watches, and the next one begins at the end. */
  public void rest() {
    read.clear();
  }
}
