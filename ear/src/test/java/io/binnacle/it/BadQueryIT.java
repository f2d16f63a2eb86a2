package io.binnacle.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.it.http.Answer;
import io.binnacle.it.http.Api;
import io.binnacle.it.http.RawRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Questions that can't be answered as they are put. */
@ExtendWith(RunningServer.class)
@Tag("database")
class BadQueryIT {
  /** The server answers a search within 2 s; the rest is for a machine with other things to do. */
  private static final Duration SEARCH_LIMIT = Duration.ofSeconds(10);

  private TestRun run;

  @BeforeEach
  void makeRun(Api api) {
    run = TestRun.make(api, "bad");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=-1",
        "limit=5001",
        "limit=ten",
        "limit=99999999999999999999",
        "from_line=-1",
        "to_line=1.5",
        "order=sideways",
        "min_level=foo",
        "min_level=25",
        "ignore_case=perhaps",
        "start_time=yesterday",
        "end_time=9999-12-31T23:59:59Z"
      })
  void aParameterThatIsNotUnderstoodIsNamed(String parameter, Api api) {
    api.get(run.logs() + "?" + parameter).expectInvalid(parameter.replaceAll("=.*", ""));
  }

  @Test
  void aListNamesAParameterThatItDoesNotKnow(Api api) {
    for (String list :
        List.of(
            "/api/v1/runs",
            run.projectAddress() + "/runs",
            run.projectAddress() + "/members",
            "/api/v1/runs/" + run.id() + "/metrics/names",
            run.logs() + "/streams",
            "/api/v1/projects",
            "/api/v1/users",
            "/api/v1/api-keys",
            "/api/v1/audit",
            "/api/v1/refusals")) {
      api.get(list + "?hots=gpu").expectInvalid("hots");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?search=%ZZ",
        "?search=100%",
        "/latest?level=%",
        "/download?search=%ZZ",
        "/context?line=1&stream=%ZZ"
      })
  void aQueryThatIsNotEncodedWellIsRefused(String query, Api api) {
    assertEquals("HTTP/1.1 400 Bad Request", RawRequest.statusLine(api, run.logs() + query));
  }

  @Test
  void linesAreNumberedInTheirStreamOnly(Api api) {
    for (String stream : List.of("rank-0", "rank-1")) {
      String lines = "[{\"message\":\"a\"},{\"message\":\"b\"},{\"message\":\"c\"}]";
      api.post(run.logs() + "/batch", "{\"stream\":\"" + stream + "\",\"logs\":" + lines + "}")
          .expect(200);
    }
    for (String address : List.of(run.logs(), run.logs() + "/download")) {
      api.get(address + "?from_line=2").expectInvalid("stream");
      api.get(address + "?to_line=2").expectInvalid("stream");
    }
    assertEquals(
        List.of("b", "c"),
        api.get(run.logs() + "?stream=rank-1&from_line=2")
            .expect(200)
            .json()
            .path("items")
            .findValuesAsText("message"));
    assertEquals(
        List.of("rank-1", "rank-1"),
        api.get(run.logs() + "/latest?stream=rank-1&limit=2")
            .expect(200)
            .json()
            .path("items")
            .findValuesAsText("stream_name"));
    api.get(run.logs() + "/latest?stream=rank-9").expectProblem(404, "not_found");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "AAAA", "%00", "'%20or%201=1", "../../etc/passwd"})
  void aCursorThatNobodyGaveIsRefused(String cursor, Api api) {
    api.get(run.logs() + "?cursor=" + cursor).expectProblem(400, "invalid_cursor");
    api.get("/api/v1/runs?cursor=" + cursor).expectProblem(400, "invalid_cursor");
    api.get("/api/v1/projects?cursor=" + cursor).expectProblem(400, "invalid_cursor");
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "a{99999999999}", "[z-a]", "*", "\\"})
  void aRegexThatIsNoneIsRefused(String regex, Api api) {
    api.post(run.logs(), Map.of("message", "x")).expect(201);
    api.get(run.logs() + "?regex=" + Api.encoded(regex)).expectProblem(400, "invalid_regex");
  }

  @ParameterizedTest
  @ValueSource(strings = {"(a+)+$", "(a|aa)*b", "(.*)*x(.*)*y", "^(([a-z])+.)+[A-Z]([a-z])+$"})
  void aCatastrophicRegexIsAnsweredWithinTheDeadline(String regex, Api api) {
    api.post(run.logs(), Map.of("message", "a".repeat(5000) + "!")).expect(201);
    long begin = System.nanoTime();
    Answer answer = api.get(run.logs() + "?regex=" + Api.encoded(regex));
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    assertTrue(took.compareTo(SEARCH_LIMIT) < 0, regex + " took " + took);
    assertTrue(answer.ok() || answer.status() == 400, answer.toString());
    api.get(run.logs() + "/latest").expect(200);
  }

  @Test
  void theRunsOfAProjectAreNotFilteredByAnother(Api api) {
    String runs = run.projectAddress() + "/runs";
    assertEquals(1, api.get(runs).expect(200).json().path("items").size());
    api.get(runs + "?project=other").expectInvalid("project");
    assertEquals(
        1,
        api.get("/api/v1/runs?project=" + run.project()).expect(200).json().path("items").size());
  }

  @Test
  void aParameterThatNoAddressKnowsIsIgnoredWhereItCannotBeAFilter(Api api) {
    api.sendingAnything().get(run.projectAddress() + "?no_such_parameter=1").expect(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?levels=ERROR",
        "/latest?levels=ERROR",
        "/latest?cursor=x",
        "/summary?stream=rank-1",
        "/streams?stream=rank-1",
        "/context?level=ERROR&stream=main&line=1",
        "/download?limit=1"
      })
  void aParameterThatALogDoesNotKnowIsRefused(String question, Api api) {
    api.post(run.logs(), Map.of("message", "x")).expect(201);
    api.sendingAnything()
        .get(run.logs() + question)
        .expectInvalid(question.replaceAll(".*[?]|=.*", ""));
  }

  @Test
  void aDeletionThatWasMeantToBeNarrowDeletesNothing(Api api) {
    api.post(run.logs(), Map.of("message", "stays")).expect(201);
    api.sendingAnything().delete(run.logs() + "?stream=rank-1").expectInvalid("stream");
    assertEquals(List.of("stays"), run.messages(api));
    api.delete(run.logs()).expect(204);
    assertEquals(List.of(), run.messages(api));
  }
}
