package io.binnacle.security.boundary.http;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request comes from a page of this very server: what a cookie alone does not prove. The
 * browser says so in headers that no page can forge.
 */
public final class SameOrigin {
  private static final String HOST = "Host";
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  private SameOrigin() {}

  /**
   * @return true only when the browser names this server as the origin
   */
  public static boolean holds(HttpServletRequest request) {
    return holds(name -> header(request, name));
  }

  private static @Nullable String header(HttpServletRequest request, String name) {
    String value = request.getHeader(name);
    return value == null && name.equals(HOST) ? authority(request) : value;
  }

  /** Requests of HTTP/2 have an authority in the place of the header. */
  private static String authority(HttpServletRequest request) {
    int usual = request.isSecure() ? HTTPS_PORT : HTTP_PORT;
    int port = request.getServerPort();
    return port == usual ? request.getServerName() : request.getServerName() + ":" + port;
  }

  /**
   * @param header gives a header's first value, or null
   */
  static boolean holds(Function<String, @Nullable String> header) {
    String site = header.apply("Sec-Fetch-Site");
    if (site != null) {
      return site.equals("same-origin");
    }
    String origin = header.apply("Origin");
    return origin != null && isHost(origin, header.apply(HOST));
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
