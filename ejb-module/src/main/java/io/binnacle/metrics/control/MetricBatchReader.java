package io.binnacle.metrics.control;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.binnacle.platform.control.ingest.StrictUtf8;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import java.io.CharConversionException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;

/**
 * Reads {@code {"metrics":[{"step","timestamp","values":{…}}…]}}. One bad point does not spoil the
 * good ones; a body that is no JSON, or holds too much, is refused whole.
 */
public final class MetricBatchReader {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(100)
                  .maxNumberLength(1_000)
                  .maxNameLength(10_000)
                  .build())
          .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
          .build();

  private MetricBatchReader() {}

  /**
   * @param body inflated, and bounded by whoever made it
   * @param received nanoseconds since 1970: the time of points that name none
   * @throws ProblemException when the whole is refused
   */
  public static MetricBatch read(InputStream body, long received) {
    try (JsonParser json = JSON.createParser(new StrictUtf8(body))) {
      return batch(json, received);
    } catch (JsonProcessingException e) {
      // The parser's own words quote the body: only the place is told.
      throw malformed(
          e.getLocation() == null
              ? "The body is not valid JSON."
              : "The body is not valid JSON at line %d, column %d."
                  .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr()));
    } catch (CharConversionException e) {
      throw malformed("The body is not valid UTF-8.");
    } catch (ZipException | EOFException e) {
      throw malformed("The body is not valid gzip.");
    } catch (IOException e) {
      throw malformed("The body ended early.");
    }
  }

  private static MetricBatch batch(JsonParser json, long received) throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw malformed("The body must be a JSON object.");
    }
    MetricBatch batch = null;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      boolean metrics = json.currentName().equals("metrics");
      JsonToken value = json.nextToken();
      if (!metrics) {
        json.skipChildren();
      } else if (value == JsonToken.START_ARRAY && batch == null) {
        batch = points(json, received);
      } else {
        throw ProblemException.field("metrics", "Expected one array of points.");
      }
    }
    if (json.nextToken() != null) {
      throw malformed("Something follows the end of the JSON object.");
    }
    if (batch == null) {
      throw ProblemException.field("metrics", "Expected an array of points.");
    }
    return batch;
  }

  private static MetricBatch points(JsonParser json, long received) throws IOException {
    MetricBatch batch = new MetricBatch();
    MetricPointReader reader = new MetricPointReader(json, received);
    int index = 0;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (index == MetricLimits.POINTS) {
        throw ProblemException.limit(
            "metrics", MetricLimits.POINTS, "At most " + MetricLimits.POINTS + " points.");
      }
      reader.read(batch, index++);
    }
    return batch;
  }

  private static ProblemException malformed(String detail) {
    return ProblemException.of(ProblemType.MALFORMED_BODY, detail);
  }
}
