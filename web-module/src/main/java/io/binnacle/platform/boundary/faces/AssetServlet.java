package io.binnacle.platform.boundary.faces;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Serves {@code /assets/<version>/<folder>/<name>}; with the right version, for ever. */
public class AssetServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  /** No dots but the one before the ending: nothing leads out of the folder. */
  private static final Pattern PATH =
      Pattern.compile("/([0-9a-f]+)/((?:css|js|fonts|img)/[A-Za-z0-9_-]+\\.([a-z0-9]+))");

  private static final Map<String, String> TYPES =
      Map.of(
          "css", "text/css;charset=UTF-8",
          "js", "text/javascript;charset=UTF-8",
          "svg", "image/svg+xml",
          "txt", "text/plain;charset=UTF-8",
          "woff2", "font/woff2");

  @Inject private transient Assets assets;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String path = request.getPathInfo();
    Matcher matcher = PATH.matcher(path == null ? "" : path);
    if (!matcher.matches() || !TYPES.containsKey(matcher.group(3))) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    try (InputStream in =
        getServletContext().getResourceAsStream(Assets.FOLDER + matcher.group(2))) {
      if (in == null) {
        response.sendError(HttpServletResponse.SC_NOT_FOUND);
        return;
      }
      boolean current = matcher.group(1).equals(assets.version());
      response.setContentType(TYPES.get(matcher.group(3)));
      // Another version's address must not keep this version's content.
      response.setHeader(
          "Cache-Control", current ? "public, max-age=31536000, immutable" : "no-store");
      in.transferTo(response.getOutputStream());
    }
  }
}
