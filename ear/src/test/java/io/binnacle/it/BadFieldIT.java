package io.binnacle.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.it.http.Answer;
import io.binnacle.it.http.Api;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fields of runs, projects and keys that nobody should send, and runs that nobody made. */
@ExtendWith(RunningServer.class)
@Tag("database")
class BadFieldIT {
  private TestRun run;

  @BeforeEach
  void makeRun(Api api) {
    run = TestRun.make(api, "bad");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"name\":7}|name",
        "{\"run_id\":\"x\"}|run_id",
        "{\"run_id\":7}|run_id",
        "{\"config\":[]}|config",
        "{\"tags\":\"x\"}|tags",
        "{\"tags\":[1]}|tags",
        "{\"host\":{}}|host",
        "{\"started_at\":[]}|started_at",
        "{\"started_at\":1e30}|started_at",
        "{\"started_at\":\"yesterday\"}|started_at",
        "{\"started_at\":\"9999-12-31T23:59:59Z\"}|started_at"
      })
  void aFieldOfARunOfTheWrongTypeIsNamed(String body, String field, Api api) {
    api.post(run.projectAddress() + "/runs", body).expectInvalid(field);
  }

  @ParameterizedTest
  @CsvSource({"name,200", "host,255", "git_commit,64", "command,4000", "release,200"})
  void aFieldOfARunThatIsTooLongIsRefusedWithItsLimit(String field, int limit, Api api) {
    api.post(run.projectAddress() + "/runs", Map.of(field, "\ud83d\ude80".repeat(limit)))
        .expectBeyond(limit, field);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "0", "1e400", "99999999999999999999", "2147483648", "1.5"})
  void aNumberOutOfItsRangeIsRefused(String number, Api api) {
    String address = run.projectAddress();
    Api change = api.withHeader("If-Match", api.get(address).expect(200).header("ETag"));
    change.patch(address, "{\"retention_days\":" + number + "}").expectInvalid("retention_days");
  }

  @Test
  void aKeyThatEndsBeyondTheCalendarIsRefused(Api api) {
    api.post(
            "/api/v1/api-keys",
            "{\"name\":\"x\",\"scopes\":[\"read\"],\"expires_at\":\"9999-12-31T23:59:59Z\"}")
        .expectInvalid("expires_at");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"..", "../x", "a/b", "%2e%2e", "..%2f..%2fetc%2fpasswd", "UPPER", "%ff", "models"})
  void aProjectOfAForbiddenNameIsNotMade(String name, Api api) {
    Answer answer = api.post("/api/v1/projects/" + name + "/runs", Map.of("name", "x"));
    assertTrue(answer.status() >= 400 && answer.status() < 500, answer.toString());
    assertFalse(answer.text().contains("root:"), answer.toString());
    api.post("/api/v1/projects", Map.of("slug", name)).expectProblem(400, "invalid_field");
  }

  @Test
  void aRunThatNobodyKnowsIsNotFoundForAnything(Api api) {
    for (String id : List.of(UUID.randomUUID().toString(), "not-a-uuid", "-1", "1e9")) {
      String unknown = "/api/v1/runs/" + id;
      for (Answer answer :
          List.of(
              api.get(unknown),
              api.get(unknown + "/logs"),
              api.post(unknown + "/logs", Map.of("message", "x")),
              api.post(unknown + "/logs/batch", "{\"logs\":[{\"message\":\"x\"}]}"),
              api.post(unknown + "/metrics", "{\"metrics\":[]}"),
              api.delete(unknown + "/logs"))) {
        assertTrue(answer.status() == 404 || answer.status() == 400, answer.toString());
        assertFalse(answer.json().path("code").asText().isEmpty(), answer.toString());
      }
    }
  }

  /** Open Liberty answers these before it looks for an application: no filter sees them. */
  @ParameterizedTest
  @ValueSource(strings = {"application/json", "text/html"})
  void anAddressThatHoldsANulIsRefusedByTheServer(String accepted, Api api) {
    Answer answer =
        new Api(api.server())
            .withHeader("Accept", accepted)
            .get("/api/v1/projects/a%00b")
            .expect(400);
    assertTrue(answer.header("Content-Type").startsWith(accepted), answer.toString());
    assertTrue(answer.text().contains("CWWWC0005I"), answer.toString());
    assertEquals("nosniff", answer.header("X-Content-Type-Options"));
  }
}
