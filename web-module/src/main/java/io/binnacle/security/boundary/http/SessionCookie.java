package io.binnacle.security.boundary.http;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The cookie that carries a console session's token. */
public final class SessionCookie {
  /** The name of the cookie. */
  public static final String NAME = "binnacle_session";

  private SessionCookie() {}

  /** Hands the token to the browser; scripts can't read it and other sites can't send it. */
  public static void set(
      HttpServletRequest request, HttpServletResponse response, String token, Duration life) {
    write(request, response, token, (int) life.toSeconds());
  }

  /** Takes the token away from the browser. */
  public static void clear(HttpServletRequest request, HttpServletResponse response) {
    write(request, response, "", 0);
  }

  /** The token of a request, or null. */
  static @Nullable String token(HttpServletRequest request) {
    Cookie[] cookies = request.getCookies();
    if (cookies != null) {
      for (Cookie cookie : cookies) {
        if (cookie.getName().equals(NAME)) {
          return cookie.getValue();
        }
      }
    }
    return null;
  }

  private static void write(
      HttpServletRequest request, HttpServletResponse response, String value, int maxAgeSeconds) {
    Cookie cookie = new Cookie(NAME, value);
    cookie.setPath("/");
    cookie.setHttpOnly(true);
    cookie.setSecure(request.isSecure());
    cookie.setMaxAge(maxAgeSeconds);
    cookie.setAttribute("SameSite", "Strict");
    response.addCookie(cookie);
  }
}
