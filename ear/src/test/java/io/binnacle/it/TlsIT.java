package io.binnacle.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.binnacle.it.http.LoginForm;
import io.binnacle.it.server.BinnacleServer;
import io.binnacle.it.server.Ports;
import io.binnacle.it.server.PythonSdk;
import io.binnacle.it.server.ServerOptions;
import io.binnacle.it.server.TestKeyStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A server with a key store of the operator's, as docs/operations.md says. */
class TlsIT {
  private static final String TRAINING =
      """
      import sys, binnacle
      run = binnacle.init(project="tls", run_id=sys.argv[1], capture_logs=True)
      print("over the wire, unread")
      run.finish()
      """;

  private static TestKeyStore keys;
  private static URI https;
  private static BinnacleServer server;

  @BeforeAll
  static void start() {
    keys = TestKeyStore.make();
    int port = Ports.free();
    https = URI.create("https://localhost:" + port);
    server =
        new BinnacleServer(
            ServerOptions.named("tls")
                .with("BINNACLE_LOG_LEVEL", "DEBUG")
                .with("HTTPS_PORT", Integer.toString(port))
                .with("TLS_KEYSTORE_FILE", keys.file().toString())
                .with("TLS_KEYSTORE_PASSWORD", TestKeyStore.PASSWORD));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void theServerSpeaksTlsAndTellsBrowsersToStayThere() throws IOException, InterruptedException {
    HttpClient client = HttpClient.newBuilder().sslContext(keys.trust()).build();
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(https.resolve("/api/v1/auth/login"))
                .header("Content-Type", "application/json")
                .POST(
                    BodyPublishers.ofString(
                        "{\"name\":\"admin\",\"password\":\""
                            + BinnacleServer.ADMIN_PASSWORD
                            + "\"}"))
                .build(),
            BodyHandlers.ofString());
    assertEquals(2, answer.statusCode() / 100, answer.body());
    assertTrue(answer.headers().firstValue("Strict-Transport-Security").isPresent());
    String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
    assertTrue(cookie.contains("Secure"), "the cookie never goes out in the clear");
  }

  @Test
  void aFormIsTakenOverHttp2() throws IOException, InterruptedException {
    HttpClient client = HttpClient.newBuilder().sslContext(keys.trust()).build();
    HttpResponse<String> page =
        client.send(
            HttpRequest.newBuilder(https.resolve("/login")).build(), BodyHandlers.ofString());
    assertEquals(HttpClient.Version.HTTP_2, page.version());
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(https.resolve("/login"))
                .header("Content-Type", LoginForm.TYPE)
                .header("Origin", https.toString())
                .POST(
                    BodyPublishers.ofString(
                        LoginForm.in(page.body()).filled("admin", BinnacleServer.ADMIN_PASSWORD)))
                .build(),
            BodyHandlers.ofString());
    assertEquals(302, answer.statusCode(), answer.body());
    assertTrue(answer.headers().firstValue("Set-Cookie").isPresent());
  }

  @Test
  void whatTheServerAnswersItselfTellsBrowsersToStayThereToo()
      throws IOException, InterruptedException {
    HttpClient client = HttpClient.newBuilder().sslContext(keys.trust()).build();
    for (String address : new String[] {"/openapi/ui/", "/health", "/metrics", "/login"}) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(https.resolve(address)).build(), BodyHandlers.ofString());
      assertEquals(
          List.of("max-age=31536000"),
          answer.headers().allValues("Strict-Transport-Security"),
          address);
    }
  }

  @Test
  void theSdkSendsToAServerWhoseCertificateItsSystemTrusts()
      throws IOException, InterruptedException {
    String runId = UUID.randomUUID().toString();

    train(runId, Map.of("SSL_CERT_FILE", keys.pem().toString()));

    JsonNode lines = server.api().get("/api/v1/runs/" + runId + "/logs").expect(200).json();
    assertEquals("over the wire, unread", lines.at("/items/0/message").asText());
  }

  @Test
  void theSdkSendsNothingToAServerThatItCannotTrust() throws IOException, InterruptedException {
    String runId = UUID.randomUUID().toString();

    train(runId, Map.of());

    server.api().get("/api/v1/runs/" + runId).expect(404);
  }

  @Test
  void theLogTellsEachRequestAtDebug() {
    String id = UUID.randomUUID().toString();
    server.api().withHeader("X-Request-Id", id).get("/api/v1/projects?limit=1").expect(200);
    Path log = server.logs().resolve("binnacle.log");
    Await.until(
        "the request is told",
        Duration.ofSeconds(10),
        () -> read(log).contains(" - DEBUG - [" + id + "] GET /api/v1/projects: 200"));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void train(String runId, Map<String, String> environment)
      throws IOException, InterruptedException {
    ProcessBuilder python = PythonSdk.script(server, TRAINING, runId);
    python.environment().put("BINNACLE_URL", https.toString());
    python.environment().putAll(environment);
    Process training = python.start();
    assertTrue(training.waitFor(60, TimeUnit.SECONDS), "the training script does not end");
    assertEquals(0, training.exitValue());
  }
}
