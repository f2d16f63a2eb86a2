package io.binnacle.platform.boundary.rest;

import io.binnacle.platform.control.RequestId;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * What the container shows instead of its own error pages: a problem under {@code /api}, a plain
 * page elsewhere. Neither tells what went wrong inside.
 */
public class ErrorPage extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = System.getLogger(ErrorPage.class.getName());

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    ProblemException refusal = refusal(request);
    String path = String.valueOf(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI));
    if (path.startsWith("/api")) {
      ServletProblem.write(refusal, request, response);
    } else {
      writePage(refusal.type(), request, response);
    }
  }

  /** Malformed addresses never pass the filter that gives the ids. */
  private static String requestId(HttpServletRequest request) {
    String id = RequestIdFilter.idOf(request);
    return id == null ? RequestId.choose(null) : id;
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

  private static void writePage(
      ProblemType type, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setStatus(type.status());
    response.setContentType("text/html;charset=UTF-8");
    response.setHeader("Cache-Control", "no-store");
    String page =
        """
        <!DOCTYPE html>
        <html lang="en">
        <head><meta charset="utf-8"><title>%1$s – Binnacle</title></head>
        <body>
        <h1>%1$s</h1>
        <p>Request %2$s. <a href="/">Back to the start</a></p>
        </body>
        </html>
        """;
    response.getWriter().write(page.formatted(type.title(), requestId(request)));
  }
}
