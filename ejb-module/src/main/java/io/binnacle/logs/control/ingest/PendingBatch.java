package io.binnacle.logs.control.ingest;

import io.binnacle.logs.store.ClientWindow;
import io.binnacle.logs.store.LogClients;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A batch that waits for its commit.
 *
 * @param cuts its segments; none when it is so small that the committer shall merge it with others
 */
record PendingBatch(long streamId, LogBatch batch, List<SegmentCut> cuts) {
  /** Where its number is looked up; null for a batch without one. */
  LogClients.@Nullable Key sender() {
    String clientId = batch.header().clientId();
    return clientId == null
        ? null
        : new LogClients.Key(streamId, clientId, ClientWindow.part(batch.header().batchNo()));
  }
}
