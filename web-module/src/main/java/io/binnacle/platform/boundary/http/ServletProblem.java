package io.binnacle.platform.boundary.http;

import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Writes a refusal from where JAX-RS is not: filters and error pages. */
public final class ServletProblem {
  private ServletProblem() {}

  /** Answers with a refusal; nothing may have been written before. */
  public static void write(
      ProblemException refusal, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Problem problem = Problem.of(refusal, RequestIdFilter.idOf(request));
    byte[] body = ApiJson.mapper().toJson(problem).getBytes(StandardCharsets.UTF_8);
    response.setStatus(problem.status());
    response.setContentType(Problem.MEDIA_TYPE);
    response.setHeader("Cache-Control", "no-store");
    if (refusal.type() == ProblemType.UNAUTHENTICATED) {
      response.setHeader("WWW-Authenticate", Problem.CHALLENGE);
    }
    if (refusal.retryAfterSeconds() > 0) {
      response.setIntHeader("Retry-After", refusal.retryAfterSeconds());
    }
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
