package io.binnacle.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.it.server.BinnacleServer;
import io.binnacle.it.server.Ports;
import io.binnacle.it.server.ServerOptions;
import io.binnacle.it.server.TestKeyStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

/** A server with a key store of the operator's, as docs/operations.md says. */
class TlsIT {
  @Test
  void theServerSpeaksTlsAndTellsBrowsersToStayThere() throws IOException, InterruptedException {
    TestKeyStore keys = TestKeyStore.make();
    int port = Ports.free();
    ServerOptions options =
        ServerOptions.named("tls")
            .with("HTTPS_PORT", Integer.toString(port))
            .with("TLS_KEYSTORE_FILE", keys.file().toString())
            .with("TLS_KEYSTORE_PASSWORD", TestKeyStore.PASSWORD);
    try (BinnacleServer server = new BinnacleServer(options)) {
      assertTrue(server.process().isAlive());
      HttpClient client = HttpClient.newBuilder().sslContext(keys.trust()).build();
      URI login = URI.create("https://localhost:" + port + "/api/v1/auth/login");
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(login)
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
  }
}
