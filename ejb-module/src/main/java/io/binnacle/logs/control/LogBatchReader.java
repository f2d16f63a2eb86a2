package io.binnacle.logs.control;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.binnacle.logs.entity.LineBuffer;
import io.binnacle.platform.control.ingest.StrictUtf8;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import java.io.CharConversionException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.Checksum;
import java.util.zip.ZipException;

/**
 * Reads a batch, or a single line, from the stream of a request. One bad line does not spoil the
 * good ones; a body that is no JSON, or is no batch, is refused whole.
 */
public final class LogBatchReader {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(100)
                  .maxNumberLength(100)
                  .maxNameLength(10_000)
                  .build())
          .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
          .build();

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
    CountingChecksum checksum = new CountingChecksum();
    try (JsonParser parser =
        JSON.createParser(new StrictUtf8(new CheckedInputStream(in, checksum)))) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw ProblemException.of(ProblemType.MALFORMED_BODY, "The body must be a JSON object.");
      }
      BatchBody body = new BatchBody(parser, new LineReader(parser, lines, limits, received));
      reading.read(body);
      if (parser.nextToken() != null) {
        throw ProblemException.of(
            ProblemType.MALFORMED_BODY, "Something follows the end of the JSON object.");
      }
      return body.batch(lines, checksum.contentHash());
    } catch (JsonProcessingException e) {
      throw malformed(e);
    } catch (CharConversionException e) {
      throw ProblemException.of(ProblemType.MALFORMED_BODY, "The body is not valid UTF-8.");
    } catch (ZipException | EOFException e) {
      throw ProblemException.of(ProblemType.MALFORMED_BODY, "The body is not valid gzip.");
    } catch (IOException e) {
      throw ProblemException.of(ProblemType.MALFORMED_BODY, "The body ended early.");
    }
  }

  private static ProblemException malformed(JsonProcessingException e) {
    String what =
        e instanceof JsonParseException ? "The body is not valid JSON" : "The body can't be read";
    // Only the place is told: the parser's own words quote the body and name Java classes.
    return ProblemException.of(
        ProblemType.MALFORMED_BODY,
        e.getLocation() == null
            ? what + "."
            : what
                + " at line "
                + e.getLocation().getLineNr()
                + ", column "
                + e.getLocation().getColumnNr()
                + ".");
  }

  /** CRC-32C, which processors compute, with the length: 64 bits that differ for other content. */
  private static final class CountingChecksum implements Checksum {
    private final CRC32C crc = new CRC32C();
    private long length;

    long contentHash() {
      return crc.getValue() << 32 | length & 0xffff_ffffL;
    }

    @Override
    public void update(int b) {
      crc.update(b);
      length++;
    }

    @Override
    public void update(byte[] bytes, int from, int count) {
      crc.update(bytes, from, count);
      length += count;
    }

    @Override
    public long getValue() {
      return crc.getValue();
    }

    @Override
    public void reset() {
      crc.reset();
      length = 0;
    }
  }
}
