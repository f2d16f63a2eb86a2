package io.binnacle.logs.control.ingest;

import io.binnacle.logs.entity.DescribedStream;
import io.binnacle.logs.entity.LogOwner;
import io.binnacle.logs.entity.LogStream;
import io.binnacle.logs.entity.StreamDescription;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The streams that senders wrote to, so that the next batch need not ask for its own. Of what
 * describes a stream only hashes are kept: labels may have kilobytes.
 */
final class KnownStreams {
  /** Beyond it all are forgotten and looked up again. */
  private static final int MOST = 100_000;

  private static final long NOTHING = 0;

  private final Map<Name, Known> streams = new ConcurrentHashMap<>();

  private record Name(long ownerId, String stream) {}

  /** Hashes of what describes a stream. */
  private record Known(long id, long labels, long release, long environment, long service) {
    static Known of(DescribedStream known) {
      StreamDescription description = known.description();
      return new Known(
          known.stream().id(),
          hash(description.labels()),
          hash(description.release()),
          hash(description.environment()),
          hash(description.service()));
    }

    boolean isDescribedBy(LogBatch.Header header) {
      return (header.labels().equals(StreamDescription.NO_LABELS)
              || hash(header.labels()) == labels)
          && (header.release() == null || hash(header.release()) == release)
          && (header.environment() == null || hash(header.environment()) == environment)
          && (header.service() == null || hash(header.service()) == service);
    }
  }

  /** The id of a batch's stream; none when it is not known, or the batch says news of it. */
  OptionalLong find(LogOwner owner, LogBatch.Header header) {
    Known known = streams.get(new Name(owner.id(), header.stream()));
    return known != null && known.isDescribedBy(header)
        ? OptionalLong.of(known.id())
        : OptionalLong.empty();
  }

  /** Remembers a stream as it is now. */
  void put(DescribedStream known) {
    if (streams.size() >= MOST) {
      streams.clear();
    }
    LogStream stream = known.stream();
    streams.put(new Name(stream.owner().id(), stream.name()), Known.of(known));
  }

  /** Forgets a stream: its owner may have been deleted, and its name given to a new one. */
  void forget(LogOwner owner, String stream) {
    streams.remove(new Name(owner.id(), stream));
  }

  /** Two sums of 32 bits, which the small differences of similar texts do not both leave alike. */
  private static long hash(@Nullable String text) {
    if (text == null) {
      return NOTHING;
    }
    CRC32C crc = new CRC32C();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return (long) text.hashCode() << 32 | crc.getValue();
  }
}
