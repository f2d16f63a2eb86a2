package io.binnacle.platform.boundary.http;

import io.binnacle.platform.boundary.faces.Assets;
import io.binnacle.platform.boundary.faces.Theme;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import jakarta.inject.Inject;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * What the container shows instead of its own error pages: a problem under {@code /api}, a page
 * elsewhere. Neither tells what went wrong inside.
 */
public class ErrorPage extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = System.getLogger(ErrorPage.class.getName());

  @Inject private transient Assets assets;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    ProblemException refusal = refusal(request);
    String path = String.valueOf(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI));
    if ((path.equals("/api") || path.startsWith("/api/"))) {
      ServletProblem.write(refusal, request, response);
    } else {
      writePage(refusal, request, response);
    }
  }

  private static ProblemException refusal(HttpServletRequest request) {
    Object thrown = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
    Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    if (status instanceof Integer code && code >= 400 && code < 500) {
      return ProblemTranslation.ofStatus(code);
    }
    if (thrown instanceof Throwable failure) {
      return ProblemTranslation.of(failure);
    }
    LOG.log(Level.ERROR, "A request failed with status {0}", status);
    return ProblemException.of(
        ProblemType.INTERNAL_ERROR, "The server's log tells more under this request_id.");
  }

  private void writePage(
      ProblemException refusal, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    ProblemType type = refusal.type();
    response.setStatus(type.status());
    response.setContentType("text/html;charset=UTF-8");
    response.setHeader("Cache-Control", "no-store");
    String page =
        """
        <!DOCTYPE html>
        <html lang="en" data-theme="%1$s">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>%2$s – Binnacle</title>
        <link rel="icon" type="image/svg+xml" href="%3$s/img/favicon.svg">
        <link rel="stylesheet" href="%3$s/css/tokens.css">
        <link rel="stylesheet" href="%3$s/css/layout.css">
        <link rel="stylesheet" href="%3$s/css/buttons.css">
        <link rel="stylesheet" href="%3$s/css/content.css">
        </head>
        <body class="gate">
        <span class="brand"><svg aria-hidden="true"><use href="%3$s/img/icons.svg#brand"></use></svg>\
        Binnacle</span>
        <main class="card empty">
        <span class="error-code">%4$d</span>
        <h1>%2$s</h1>
        <p>%5$s</p>
        <a class="btn btn-primary" href="/">To your projects</a>
        <p class="mono">Request %6$s</p>
        </main>
        </body>
        </html>
        """;
    response
        .getWriter()
        .write(
            page.formatted(
                Theme.of(request),
                title(type),
                assets.base(),
                type.status(),
                advice(type),
                RequestIdFilter.idOf(request)));
  }

  /** What a person reads at once; the titles of the problems are for programs. */
  private static String title(ProblemType type) {
    return switch (type) {
      case NOT_FOUND -> "There is nothing here";
      case MALFORMED_REQUEST, INVALID_FIELD, INVALID_CURSOR -> "This address can't be read";
      case FORBIDDEN -> "This page is not for your role";
      case CSRF -> "This was not sent from the console";
      case UNAUTHENTICATED -> "Your session has ended";
      case TOO_MANY_REQUESTS, UNAVAILABLE -> "Not just now";
      case INTERNAL_ERROR -> "Something went wrong";
      default -> type.title();
    };
  }

  /** What a person can do about it. The detail is for programs, and might hold hostile text. */
  private static String advice(ProblemType type) {
    return switch (type) {
      case NOT_FOUND ->
          "The address is wrong, or it was deleted, or it belongs to a project you may not see.";
      case MALFORMED_REQUEST, INVALID_FIELD, INVALID_CURSOR ->
          "A part of the address means nothing here. Open the page again from the navigation.";
      case FORBIDDEN ->
          "You may go on with everything else. An administrator can give you another role.";
      case CSRF -> "Open the page again from here and repeat what you did.";
      case UNAUTHENTICATED -> "Sign in again; the session has ended.";
      case TOO_MANY_REQUESTS, UNAVAILABLE -> "Wait a little and try again.";
      default ->
          "If it happens again, an operator finds the reason in the log by the request's id.";
    };
  }
}
