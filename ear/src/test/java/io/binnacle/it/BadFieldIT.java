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
        "{\"run_id\":\"1-1-1-1-1\"}|run_id",
        "{\"status\":\"FAILED\"}|status",
        "{\"exit_code\":1}|exit_code",
        "{\"nmae\":\"x\"}|nmae",
        "{\"name\":\"two\\nlines\"}|name",
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"status\":\"CRASHED\"}|status",
        "{\"started_at\":\"2026-11-21T08:00:00Z\"}|started_at",
        "{\"exit_code\":3}|exit_code",
        "{\"ended_at\":\"2026-11-21T08:00:00Z\"}|ended_at",
        "{\"status\":\"RUNNING\",\"exit_code\":3}|exit_code",
        "{\"status\":\"FINISHED\",\"ended_at\":\"2001-11-21T08:00:00Z\"}|ended_at"
      })
  void aChangeOfARunThatCannotBeMadeIsRefused(String body, String field, Api api) {
    api.patch("/api/v1/runs/" + run.id(), body).expectInvalid(field);
  }

  @Test
  void howAnEndedRunEndedIsCorrected(Api api) {
    String address = "/api/v1/runs/" + run.id();
    api.patch(address, Map.of("status", "FAILED")).expect(200);
    assertEquals(
        3, api.patch(address, "{\"exit_code\":3}").expect(200).json().path("exit_code").asInt());
  }

  @Test
  void aTimeMayBeANumberOfSeconds(Api api) {
    Answer made =
        api.post(run.projectAddress() + "/runs", "{\"started_at\":1700000000.5}").expect(201);
    assertEquals("2023-11-14T22:13:20.500Z", made.json().path("started_at").asText());
  }

  @Test
  void whatCannotBeSetOfAProjectOrAUserIsNamed(Api api) {
    String project = run.projectAddress();
    Api any = api.withHeader("If-Match", "*");
    any.patch(project, Map.of("slug", "other")).expectInvalid("slug");
    any.patch(project, Map.of("retension_days", 3)).expectInvalid("retension_days");
    any.patch(project, Map.of("name", "a\tb")).expectInvalid("name");
    api.post(project + "/services", Map.of("name", "No Slug")).expectInvalid("name");
    api.post("/api/v1/projects", Map.of("slug", "x-y", "number", 7)).expectInvalid("number");
    api.post("/api/v1/api-keys", "{\"name\":\"a\\u0000b\",\"scopes\":[\"read\"]}")
        .expectInvalid("name");
    String me = api.get("/api/v1/auth/me").expect(200).json().path("user").path("id").asText();
    api.withHeader("If-Match", "*")
        .patch("/api/v1/users/" + me, Map.of("name", "other"))
        .expectInvalid("name");
  }

  @Test
  void aUserMayBeginDisabled(Api api) {
    Map<String, Object> user =
        Map.of(
            "name",
            "u" + UUID.randomUUID(),
            "password",
            "long-enough-1-password",
            "disabled",
            true);
    assertTrue(api.post("/api/v1/users", user).expect(201).json().path("disabled").asBoolean());
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
