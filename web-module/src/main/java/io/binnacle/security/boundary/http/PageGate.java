package io.binnacle.security.boundary.http;

import io.binnacle.platform.boundary.http.ServletProblem;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import io.binnacle.security.entity.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lets requests for pages of the console through, or answers them. */
@ApplicationScoped
public class PageGate {
  /** No form of the console is larger; the container would read any size into memory. */
  private static final long MAX_FORM_BYTES = 1 << 20;

  private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD");

  /**
   * Decides about a page.
   *
   * @return true when the request may go on; otherwise it has been answered
   */
  boolean admits(
      @Nullable Caller caller,
      String path,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    Optional<PageRoutes.Target> page = PageRoutes.find(path);
    if (page.isPresent() && page.get().mayBeSeenBy(caller)) {
      return isSafe(request, response);
    }
    if (caller == null) {
      toLogin(path, request, response);
    } else {
      response.sendError(
          page.isEmpty() ? HttpServletResponse.SC_NOT_FOUND : HttpServletResponse.SC_FORBIDDEN);
    }
    return false;
  }

  private static boolean isSafe(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (SAFE_METHODS.contains(request.getMethod())) {
      return true;
    }
    if (!request.getMethod().equals("POST")) {
      response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
      return false;
    }
    if (!SameOrigin.holds(request)) {
      ProblemException refusal =
          ProblemException.of(ProblemType.CSRF, "The form was not sent from this console.");
      ServletProblem.write(refusal, request, response);
      return false;
    }
    long length = request.getContentLengthLong();
    if (length < 0 || length > MAX_FORM_BYTES) {
      ServletProblem.write(ProblemException.bodyTooLarge(MAX_FORM_BYTES), request, response);
      return false;
    }
    return true;
  }

  /** Leads to the login, and from there back: also a form of a page whose session is over. */
  private static void toLogin(String path, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    boolean ajax = "partial/ajax".equals(request.getHeader("Faces-Request"));
    String target = loginAddress(wanted(path, request), SessionCookie.token(request) != null);
    response.setHeader("Cache-Control", "no-store");
    if (ajax) {
      response.setContentType("text/xml;charset=UTF-8");
      response
          .getWriter()
          .write(
              "<?xml version=\"1.0\" encoding=\"UTF-8\"?><partial-response><redirect url=\""
                  + target.replace("&", "&amp;")
                  + "\"/></partial-response>");
      return;
    }
    response.setStatus(HttpServletResponse.SC_FOUND);
    response.setHeader("Location", target);
  }

  /** The address to come back to; a form is sent to the address of its page. */
  private static String wanted(String path, HttpServletRequest request) {
    if (path.equals("/")) {
      return "";
    }
    String query = request.getQueryString();
    return request.getRequestURI() + (query == null ? "" : "?" + query);
  }

  /**
   * @param wanted where to go after the login; empty for the first page
   * @param hadSession whether the browser still had the cookie of a session, which is over then
   */
  static String loginAddress(String wanted, boolean hadSession) {
    StringBuilder address = new StringBuilder("/login");
    if (hadSession) {
      address.append("?ended");
    }
    if (!wanted.isEmpty()) {
      address.append(hadSession ? '&' : '?').append("next=");
      address.append(URLEncoder.encode(wanted, StandardCharsets.UTF_8));
    }
    return address.toString();
  }
}
