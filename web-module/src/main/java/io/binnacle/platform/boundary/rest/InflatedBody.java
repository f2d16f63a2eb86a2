package io.binnacle.platform.boundary.rest;

import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** A body that may come compressed, bounded before and after. */
public final class InflatedBody {
  private static final int BUFFER_BYTES = 8192;

  private InflatedBody() {}

  /**
   * @param encoding the header {@code Content-Encoding}
   * @param limit bytes, of the raw body and of what it inflates to
   * @throws IOException when a compressed body does not begin as one
   * @throws ProblemException {@code unsupported_media_type}; later, {@code body_too_large}
   */
  public static InputStream open(InputStream raw, @Nullable String encoding, long limit)
      throws IOException {
    InputStream bounded = new BoundedStream(raw, limit);
    return isGzip(encoding)
        ? new BoundedStream(new GZIPInputStream(bounded, BUFFER_BYTES), limit)
        : bounded;
  }

  /**
   * Whether a body is compressed.
   *
   * @throws ProblemException {@code unsupported_media_type} for what is neither gzip nor plain
   */
  public static boolean isGzip(@Nullable String encoding) {
    if (encoding == null || encoding.isBlank() || encoding.equalsIgnoreCase("identity")) {
      return false;
    }
    if (encoding.strip().toLowerCase(Locale.ROOT).equals("gzip")) {
      return true;
    }
    throw ProblemException.of(
        ProblemType.UNSUPPORTED_MEDIA_TYPE, "Content-Encoding may be gzip or identity.");
  }
}
