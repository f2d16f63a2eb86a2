package io.binnacle.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.binnacle.it.http.Answer;
import io.binnacle.it.http.Api;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The headers that tell where something is, which version it has, and what can be done to it. */
@ExtendWith(RunningServer.class)
class MadeAndChangedIT {
  private final String unique = "made-" + UUID.randomUUID().toString().substring(0, 8);
  private final String project = "/api/v1/projects/" + unique;

  @Test
  void whatWasMadeIsWhereTheLocationSays(Api api) {
    Answer made = api.post("/api/v1/projects", Map.of("slug", unique)).expect(201);
    assertEquals(project, location(api, made));
    for (Answer other :
        List.of(
            made,
            api.post(project + "/runs", Map.of()).expect(201),
            api.post("/api/v1/users", Map.of("name", unique, "password", "long-enough-1-password"))
                .expect(201))) {
      Answer there = api.get(location(api, other)).expect(200);
      assertEquals(other.json().path("id"), there.json().path("id"));
    }
    // A key can't be read, only ended.
    Map<String, Object> key = Map.of("name", unique, "scopes", List.of("read"));
    api.delete(location(api, api.post("/api/v1/api-keys", key).expect(201))).expect(204);
  }

  private static String location(Api api, Answer made) {
    URI location = URI.create(made.header("Location"));
    assertEquals(api.server(), URI.create(location.getScheme() + "://" + location.getAuthority()));
    return location.getPath();
  }

  @Test
  void aChangeAnswersWithTheVersionThatItMade(Api api) {
    Answer made = api.post("/api/v1/projects", Map.of("slug", unique)).expect(201);
    Answer changed =
        api.withHeader("If-Match", made.header("ETag"))
            .patch(project, Map.of("name", "Changed"))
            .expect(200);
    Answer there = api.get(project).expect(200);

    assertEquals(there.header("ETag"), changed.header("ETag"));
    assertEquals(there.json(), changed.json());
    Api again = api.withHeader("If-Match", "\"99\", " + changed.header("ETag"));
    again.patch(project, Map.of("name", "Again")).expect(200);
    again.patch(project, Map.of("name", "Late")).expectProblem(412, "precondition_failed");
    api.withHeader("If-Match", "*").patch(project, Map.of("name", "Any")).expect(200);
  }

  @Test
  void whatAChangeOfAProjectDoesNotNameStays(Api api) {
    api.post("/api/v1/projects", Map.of("slug", unique, "description", "d")).expect(201);
    Api any = api.withHeader("If-Match", "*");
    any.patch(project, Map.of("retention_days", 5)).expect(200);
    any.patch(project, Map.of("retention_bytes", 1_000_000_000)).expect(200);
    any.patch(project, "{\"description\":null,\"name\":null}").expect(200);
    JsonNode there = api.get(project).expect(200).json();
    assertEquals(5, there.path("retention_days").asInt());
    assertEquals(1_000_000_000, there.path("retention_bytes").asInt());
    assertEquals("", there.path("description").asText());
    assertEquals(unique, there.path("name").asText());
  }

  @Test
  void aUserWhoWasChangedMeanwhileIsReadAgainFirst(Api api) {
    Answer made =
        api.post("/api/v1/users", Map.of("name", unique, "password", "long-enough-1-password"))
            .expect(201);
    String user = "/api/v1/users/" + made.json().path("id").asText();
    api.patch(user, Map.of("role", "VIEWER")).expectProblem(428, "precondition_required");
    Answer changed =
        api.withHeader("If-Match", made.header("ETag"))
            .patch(user, Map.of("role", "VIEWER"))
            .expect(200);
    api.withHeader("If-Match", made.header("ETag"))
        .patch(user, Map.of("display_name", "Late", "role", "MEMBER"))
        .expectProblem(412, "precondition_failed");
    Answer there = api.get(user).expect(200);
    assertEquals(changed.json(), there.json());
    assertEquals(changed.header("ETag"), there.header("ETag"));
  }

  @Test
  void aMethodThatIsNotTakenIsAnsweredWithThoseThatAre(Api api) {
    for (String method : List.of("PUT", "OPTIONS", "PROPFIND")) {
      Answer refused = api.send(method, "/api/v1/runs/x", BodyPublishers.noBody());
      refused.expectProblem(405, "method_not_allowed");
      assertEquals("DELETE, GET, HEAD, PATCH", refused.header("Allow"), method);
    }
    api.anonymous()
        .send("OPTIONS", "/api/v1/runs/x", BodyPublishers.noBody())
        .expectProblem(401, "unauthenticated");
    assertTrue(api.send("OPTIONS", "/api/v1/nothing", BodyPublishers.noBody()).status() == 404);
  }

  @Test
  void theLastMemberStaysUnlessAnAdministratorAsks(Api api) {
    String password = "long-enough-1-password";
    api.post("/api/v1/users", Map.of("name", unique, "password", password)).expect(201);
    String cookie =
        api.anonymous()
            .post("/api/v1/auth/login", Map.of("name", unique, "password", password))
            .expect(204)
            .header("Set-Cookie")
            .replaceAll(";.*", "");
    Api member =
        api.anonymous().withHeader("Cookie", cookie).withHeader("Origin", api.server().toString());
    member.post("/api/v1/projects", Map.of("slug", unique)).expect(201);

    member.delete(project + "/members/" + unique).expectProblem(409, "conflict");
    api.delete(project + "/members/" + unique).expect(204);
  }
}
