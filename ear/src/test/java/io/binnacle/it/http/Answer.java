package io.binnacle.it.http;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;

/**
 * What the server answered.
 *
 * @param request method and path, for messages
 * @param status the HTTP status
 * @param headers the HTTP headers
 * @param body the body's bytes, as they were sent
 */
public record Answer(String request, int status, HttpHeaders headers, byte[] body) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The body as text. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** The body as JSON, inflated if it was sent so. */
  public JsonNode json() {
    try (InputStream raw = new ByteArrayInputStream(body);
        InputStream plain =
            header("Content-Encoding").equals("gzip") ? new GZIPInputStream(raw) : raw) {
      return JSON.readTree(plain);
    } catch (JacksonException e) {
      throw new AssertionError("Not JSON: " + this, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first value of a header, or an empty text. */
  public String header(String name) {
    return headers.firstValue(name).orElse("");
  }

  /** Whether the status is 2xx. */
  public boolean ok() {
    return status / 100 == 2;
  }

  /** This answer if it has the status; otherwise the test fails and shows what came instead. */
  public Answer expect(int expected) {
    if (status != expected) {
      throw new AssertionError("Expected " + expected + ": " + this);
    }
    return this;
  }

  /** This answer if it is a problem of that code; every refusal must be one. */
  public Answer expectProblem(int expected, String code) {
    expect(expected);
    String type = header("Content-Type");
    if (!type.startsWith("application/problem+json")) {
      throw new AssertionError("Not a problem but " + type + ": " + this);
    }
    if (!json().path("code").asText().equals(code)) {
      throw new AssertionError("Expected the code " + code + ": " + this);
    }
    return this;
  }

  /** This answer if it is a problem that names a field. */
  public Answer expectInvalid(String field) {
    expectProblem(400, "invalid_field");
    if (!json().path("field").asText().equals(field)) {
      throw new AssertionError("Expected the field " + field + ": " + this);
    }
    return this;
  }

  /** This answer if it is a problem that names a field and the limit of its value. */
  public Answer expectBeyond(long limit, String field) {
    expectInvalid(field);
    if (json().path("limit").asLong() != limit) {
      throw new AssertionError("Expected the limit " + limit + ": " + this);
    }
    return this;
  }

  @Override
  public String toString() {
    String shown = text();
    return request + " -> " + status + " " + shown.substring(0, Math.min(2000, shown.length()));
  }
}
