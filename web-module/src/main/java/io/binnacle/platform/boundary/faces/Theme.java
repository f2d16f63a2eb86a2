package io.binnacle.platform.boundary.faces;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;

/** The reader's choice between light and dark; a cookie, so that pages are rendered in it. */
public final class Theme {
  private static final String COOKIE = "binnacle_theme";
  private static final Set<String> CHOICES = Set.of("light", "dark");

  private Theme() {}

  /** {@code light} or {@code dark} if the reader chose one; {@code auto} follows the system. */
  public static String of(HttpServletRequest request) {
    Cookie[] cookies = request.getCookies();
    if (cookies != null) {
      for (Cookie cookie : cookies) {
        if (cookie.getName().equals(COOKIE) && CHOICES.contains(cookie.getValue())) {
          return cookie.getValue();
        }
      }
    }
    return "auto";
  }
}
