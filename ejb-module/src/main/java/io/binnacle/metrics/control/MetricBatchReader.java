package io.binnacle.metrics.control;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.binnacle.platform.control.ingest.JsonBody;
import io.binnacle.platform.entity.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Reads {@code {"metrics":[{"step","timestamp","values":{…}}…]}}. One bad point does not spoil the
 * good ones; a body that is no JSON, or holds too much, is refused whole.
 */
public final class MetricBatchReader {
  private MetricBatchReader() {}

  /**
   * @param body inflated, and bounded by whoever made it
   * @param received nanoseconds since 1970: the time of points that name none
   * @throws ProblemException when the whole is refused
   */
  public static MetricBatch read(InputStream body, long received) {
    return JsonBody.readItems(body, json -> batch(json, received))
        .orElseThrow(() -> ProblemException.field("metrics", "Expected an array of points."));
  }

  private static Optional<MetricBatch> batch(JsonParser json, long received) throws IOException {
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
    return Optional.ofNullable(batch);
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
}
