package io.binnacle.logs.control.ingest;

import io.binnacle.logs.entity.LineBuffer;
import io.binnacle.platform.control.ingest.JsonBody;
import io.binnacle.platform.entity.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.Checksum;

/**
 * Reads a batch, or a single line, from the stream of a request. One bad line does not spoil the
 * good ones; a body that is no JSON, or is no batch, is refused whole.
 */
public final class LogBatchReader {
  private final LogLimits limits;

  /**
   * @param limits what a batch may hold
   */
  public LogBatchReader(LogLimits limits) {
    this.limits = limits;
  }

  /**
   * Reads {@code {"logs":[…],…}}.
   *
   * @param body inflated, and bounded by whoever made it
   * @param lines an empty buffer for the good lines
   * @param received nanoseconds since 1970: the time of lines that name none
   * @throws ProblemException when the whole is refused
   */
  public LogBatch readBatch(InputStream body, LineBuffer lines, long received) {
    return read(body, lines, received, BatchBody::readBatch);
  }

  /**
   * Reads one line, which may carry the fields of a batch beside its own.
   *
   * @throws ProblemException when the line is refused
   */
  public LogBatch readLine(InputStream body, LineBuffer lines, long received) {
    return read(body, lines, received, BatchBody::readLine);
  }

  private interface Reading {
    void read(BatchBody body) throws IOException;
  }

  private LogBatch read(InputStream in, LineBuffer lines, long received, Reading reading) {
    TwoChecksums checksums = new TwoChecksums();
    WholeEscapes bytes = new WholeEscapes(new CheckedInputStream(in, checksums));
    return JsonBody.readItems(
            bytes,
            parser -> {
              BatchBody body =
                  new BatchBody(parser, new LineReader(parser, bytes, lines, limits, received));
              reading.read(body);
              return body;
            })
        .batch(lines, checksums.getValue());
  }

  /**
   * CRC-32C and CRC-32, which processors compute: 64 bits that tell an honest mistake from a retry.
   * Whoever wants to can make other content with the same.
   */
  private static final class TwoChecksums implements Checksum {
    private final CRC32C first = new CRC32C();
    private final CRC32 second = new CRC32();

    @Override
    public void update(int b) {
      first.update(b);
      second.update(b);
    }

    @Override
    public void update(byte[] bytes, int from, int count) {
      first.update(bytes, from, count);
      second.update(bytes, from, count);
    }

    @Override
    public long getValue() {
      return first.getValue() << 32 | second.getValue();
    }

    @Override
    public void reset() {
      first.reset();
      second.reset();
    }
  }
}
