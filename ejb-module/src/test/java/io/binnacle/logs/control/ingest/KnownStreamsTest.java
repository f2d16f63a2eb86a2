package io.binnacle.logs.control.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.binnacle.logs.entity.DescribedStream;
import io.binnacle.logs.entity.LogOwner;
import io.binnacle.logs.entity.LogStream;
import io.binnacle.logs.entity.OwnerKind;
import io.binnacle.logs.entity.StreamDescription;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KnownStreamsTest {
  private static final LogOwner RUN = new LogOwner(OwnerKind.RUN, 100);
  private static final LogOwner OTHER = new LogOwner(OwnerKind.RUN, 101);
  private static final OptionalLong KNOWN = OptionalLong.of(5);
  private static final OptionalLong NEWS = OptionalLong.empty();

  private final KnownStreams streams = new KnownStreams();

  @Test
  void aStreamIsKnownByItsOwnerAndItsName() {
    streams.put(stream("{}", null));

    assertEquals(KNOWN, streams.find(RUN, header("main", "{}", null)));
    assertEquals(NEWS, streams.find(RUN, header("Main", "{}", null)));
    assertEquals(NEWS, streams.find(OTHER, header("main", "{}", null)));

    streams.forget(RUN, "main");
    assertEquals(NEWS, streams.find(RUN, header("main", "{}", null)));
  }

  @Test
  void whatABatchSaysAgainOrNotAtAllIsNoNews() {
    streams.put(stream("{\"pod\":\"Aa\"}", "1.2"));

    assertEquals(KNOWN, streams.find(RUN, header("main", "{\"pod\":\"Aa\"}", "1.2")));
    assertEquals(KNOWN, streams.find(RUN, header("main", "{\"pod\":\"Aa\"}", null)));
    assertEquals(KNOWN, streams.find(RUN, header("main", "{}", "1.2")));
  }

  @Test
  void whatABatchSaysOtherwiseIsNews() {
    streams.put(stream("{\"pod\":\"Aa\"}", null));

    assertEquals(NEWS, streams.find(RUN, header("main", "{\"pod\":\"BB\"}", null)));
    assertEquals(NEWS, streams.find(RUN, header("main", "{}", "1.2")));
  }

  private static DescribedStream stream(String labels, @Nullable String release) {
    return new DescribedStream(
        new LogStream(5, 7, RUN, "main", 1, 0, 1, false),
        new StreamDescription(labels, release, null, null));
  }

  private static LogBatch.Header header(String stream, String labels, @Nullable String release) {
    return new LogBatch.Header(stream, labels, release, null, null, null, 0);
  }
}
