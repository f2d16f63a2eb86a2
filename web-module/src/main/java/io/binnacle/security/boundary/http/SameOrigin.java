package io.binnacle.security.boundary.http;

import java.net.URI;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request comes from a page of this very server: what a cookie alone does not prove. The
 * browser says so in headers that no page can forge.
 */
public final class SameOrigin {
  private SameOrigin() {}

  /**
   * @param header gives a header's first value, or null
   * @return true only when the browser names this server as the origin
   */
  public static boolean holds(Function<String, @Nullable String> header) {
    String site = header.apply("Sec-Fetch-Site");
    if (site != null) {
      return site.equals("same-origin");
    }
    String origin = header.apply("Origin");
    return origin != null && isHost(origin, header.apply("Host"));
  }

  /** Whether an {@code Origin} header names the host that the request went to. */
  static boolean isHost(String origin, @Nullable String host) {
    try {
      String authority = URI.create(origin).getRawAuthority();
      return authority != null && authority.equalsIgnoreCase(host);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
