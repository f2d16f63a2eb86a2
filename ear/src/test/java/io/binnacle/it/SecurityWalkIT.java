package io.binnacle.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.architecture.Routes;
import io.binnacle.architecture.Routes.Route;
import io.binnacle.it.http.Answer;
import io.binnacle.it.http.Api;
import io.binnacle.it.http.RawRequest;
import io.binnacle.it.server.BinnacleServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Walks every address of the application and expects the right refusal. */
@ExtendWith(RunningServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecurityWalkIT {
  private static final List<String> SCOPES = List.of("ingest", "read", "write", "admin");
  private static final String PASSWORD = "a-stranger-in-the-harbour-1";
  private static final int LEAST_ROUTES = 40;

  private final String project = "walk-" + UUID.randomUUID().toString().substring(0, 8);
  private final String runId = UUID.randomUUID().toString();
  private final String stranger = "stranger-" + UUID.randomUUID().toString().substring(0, 8);
  private Api anonymous;
  private Api strange;

  @BeforeAll
  void prepare(Api api) {
    anonymous = api.anonymous();
    api.post("/api/v1/projects/" + project + "/runs", Map.of("run_id", runId)).expect(201);
    api.post("/api/v1/projects/" + project + "/services", Map.of("name", "web"));
    api.post("/api/v1/users", Map.of("name", stranger, "password", PASSWORD, "role", "MEMBER"))
        .expect(201);
    strange =
        anonymous
            .withHeader("Cookie", session(stranger, PASSWORD))
            .withHeader("Sec-Fetch-Site", "same-origin");
  }

  private String session(String user, String password) {
    Answer answer =
        anonymous.post("/api/v1/auth/login", Map.of("name", user, "password", password));
    assertTrue(answer.ok(), answer.toString());
    return answer.header("Set-Cookie").replaceAll(";.*", "");
  }

  @Test
  void theWalkMeetsTheWholeApi() {
    assertTrue(Routes.all().size() >= LEAST_ROUTES, Routes.all().toString());
  }

  @Test
  void withoutCredentialsNothingIsAnswered() {
    walk(
        closed(),
        route -> call(anonymous, route),
        answer -> isProblem(answer, 401, "unauthenticated"));
  }

  @Test
  void aWrongKeyIsNoCredential() {
    String wrong = BinnacleServer.newKey();
    walk(
        closed(),
        route -> call(anonymous.withKey(wrong), route),
        answer -> isProblem(answer, 401, "unauthenticated"));
    walk(
        closed(),
        route -> call(anonymous.withHeader("Authorization", "Bearer " + wrong), route),
        answer -> isProblem(answer, 401, "unauthenticated"));
  }

  @Test
  void anExpiredKeyIsNoCredential(Api api) {
    String key = key(api, SCOPES, Instant.now().plusSeconds(2));
    Await.until(
        "the key expires",
        Duration.ofSeconds(15),
        () -> anonymous.withKey(key).get("/api/v1/auth/me").status() == 401);
    walk(
        closed(),
        route -> call(anonymous.withKey(key), route),
        answer -> isProblem(answer, 401, "unauthenticated"));
  }

  @Test
  void aRevokedKeyIsNoCredential(Api api) {
    Answer made =
        api.post("/api/v1/api-keys", Map.of("name", "revoked", "scopes", SCOPES)).expect(201);
    api.delete("/api/v1/api-keys/" + made.json().path("id").asText()).expect(204);
    Api revoked = anonymous.withKey(made.json().path("key").asText());
    revoked.get("/api/v1/auth/me").expectProblem(401, "unauthenticated");
  }

  @Test
  void aKeyOfTooSmallAScopeIsForbidden(Api api) {
    for (String scope : SCOPES) {
      Api small = anonymous.withKey(key(api, List.of(scope), null));
      List<Route> tooLarge =
          closed().stream().filter(route -> !route.rights().contains(scope)).toList();
      walk(tooLarge, route -> call(small, route), answer -> isProblem(answer, 403, "forbidden"));
    }
  }

  @Test
  void theProjectOfOthersIsNotThere() {
    List<Route> owned =
        closed().stream()
            .filter(
                route -> route.path().contains("{project}") || route.path().contains("{run_id}"))
            .toList();
    walk(owned, route -> call(strange, route), answer -> answer.status() == 404);
  }

  @Test
  void whatAdministratorsDoIsForbiddenToMembers() {
    List<Route> administration =
        closed().stream().filter(route -> route.rights().equals(Set.of("admin"))).toList();
    assertTrue(administration.size() >= 5, administration.toString());
    walk(
        administration,
        route -> call(strange, route),
        answer -> isProblem(answer, 403, "forbidden"));
  }

  @Test
  void aSessionChangesNothingForAForeignPage() {
    Api foreign = strange.withHeader("Sec-Fetch-Site", "cross-site");
    List<Route> changes =
        closed().stream()
            .filter(route -> !route.method().equals("GET"))
            .filter(route -> !route.rights().equals(Set.of("admin")))
            .toList();
    walk(changes, route -> call(foreign, route), answer -> isProblem(answer, 403, "csrf"));
  }

  @Test
  void socketsRefuseWhoeverHasNoCredentials(Api api) {
    String expired = key(api, SCOPES, Instant.now().plusSeconds(2));
    Await.until(
        "the key expires",
        Duration.ofSeconds(15),
        () -> anonymous.withKey(expired).get("/api/v1/auth/me").status() == 401);
    walkSockets(anonymous, 401);
    walkSockets(anonymous.withKey(BinnacleServer.newKey()), 401);
    walkSockets(anonymous.withKey(expired), 401);
  }

  @Test
  void socketsRefuseAKeyOfTooSmallAScope(Api api) {
    for (String scope : List.of("ingest", "write", "admin")) {
      walkSockets(anonymous.withKey(key(api, List.of(scope), null)), 403);
    }
    walkSockets(anonymous.withKey(key(api, List.of("read"), null)), 101);
  }

  @Test
  void socketsOfTheProjectOfOthersAreNotThere() {
    walkSockets(strange.withHeader("Origin", anonymous.server().toString()), 404);
  }

  @Test
  void socketsRefuseAForeignOrigin() {
    Api foreign =
        strange
            .withHeader("Sec-Fetch-Site", "cross-site")
            .withHeader("Origin", "http://elsewhere.example");
    walkSockets(foreign, 403);
  }

  @Test
  void aSessionOpensSocketsOnlyFromOurOwnPages(Api api) {
    Api browser = anonymous.withHeader("Cookie", session("admin", BinnacleServer.ADMIN_PASSWORD));
    walkSockets(browser, 403);
    walkSockets(browser.withHeader("Origin", "null"), 403);
    walkSockets(api.withHeader("Origin", "http://127.0.0.1:1"), 403);
    walkSockets(browser.withHeader("Origin", api.server().toString()), 101);
  }

  private void walkSockets(Api caller, int expected) {
    List<String> wrong = new ArrayList<>();
    for (String socket : Routes.sockets()) {
      String path = "/" + filled(socket).replaceFirst("^/", "");
      int status = Handshake.status(caller, path);
      if (status != expected) {
        wrong.add(status + " instead of " + expected + ": " + path);
      }
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void pagesLeadWhoeverHasNoSessionToTheLogin(Api api) {
    walkPages(anonymous, SecurityWalkIT::leadsToLogin);
    walkPages(anonymous.withHeader("Cookie", "binnacle_session=x"), SecurityWalkIT::leadsToLogin);
    anonymous.get("/login").expect(200);
    anonymous.get("/no-such-page").expect(302);
  }

  @Test
  void aWishForAProtocolThatIsNotSpokenHereIsIgnored() {
    Api wishing = anonymous.withHeader("Upgrade", "foo/2, bar");
    assertEquals("HTTP/1.1 200 OK", RawRequest.statusLine(wishing, "/api/health"));
  }

  /** Pages are for people: keys open none, not even good ones. */
  @Test
  void noKeyOpensAPage(Api api) {
    String expired = key(api, SCOPES, Instant.now().plusSeconds(2));
    Await.until(
        "the key expires",
        Duration.ofSeconds(15),
        () -> anonymous.withKey(expired).get("/api/v1/auth/me").status() == 401);
    List<String> keys =
        List.of(
            BinnacleServer.newKey(),
            expired,
            key(api, List.of("ingest"), null),
            key(api, SCOPES, null));
    for (String key : keys) {
      walkPages(anonymous.withKey(key), SecurityWalkIT::leadsToLogin);
    }
  }

  @Test
  void pagesOfAnotherProjectAreNotThereAndThoseOfAdministratorsForbidden() {
    TreeSet<String> forbidden = new TreeSet<>();
    TreeSet<String> missing = new TreeSet<>();
    TreeSet<String> open = new TreeSet<>();
    for (String page : pages()) {
      int status = strange.get(page).status();
      (status == 403 ? forbidden : status == 404 ? missing : open).add(page);
    }
    assertEquals(Set.of("/users", "/audit"), forbidden);
    assertEquals(Set.of("/", "/runs", "/refusals", "/api-keys", "/account"), open);
    assertEquals(
        pages().stream()
            .filter(page -> page.startsWith("/projects/") || page.startsWith("/runs/"))
            .collect(Collectors.toSet()),
        missing);
    strange.get("/no-such-page").expect(404);
  }

  private void walkPages(Api caller, Predicate<Answer> right) {
    TreeSet<String> wrong = new TreeSet<>();
    for (String page : pages()) {
      Answer answer = caller.get(page);
      if (!right.test(answer)) {
        wrong.add(answer.toString());
      }
    }
    assertEquals(new TreeSet<>(), wrong);
  }

  private static boolean leadsToLogin(Answer answer) {
    return answer.status() == 302 && answer.header("Location").startsWith("/login");
  }

  @Test
  void theViewsBehindThePagesHaveNoAddressOfTheirOwn() {
    for (String view : List.of("/pages/users.xhtml", "/pages/run.xhtml", "/pages/login.xhtml")) {
      assertTrue(strange.get(view).status() >= 400, view);
    }
  }

  /** docs/adr/0003-authentication.md says who may see these. */
  @Test
  void whatTheServerAnswersItselfIsAsDecided() {
    for (String open :
        List.of(
            "/health",
            "/health/started",
            "/health/live",
            "/health/ready",
            "/openapi",
            "/openapi/ui/")) {
      anonymous.get(open).expect(200);
    }
    for (String shut : List.of("/metrics", "/ibm/api/docs")) {
      int status = anonymous.get(shut).status();
      assertTrue(List.of(401, 403, 404).contains(status), shut + " answers " + status);
    }
  }

  @Test
  void aScraperReadsTheMetricsOfTheServerWithAKey(Api api) {
    Api scraper =
        anonymous.withHeader("Authorization", "Bearer " + key(api, List.of("read"), null));
    Answer answer = scraper.get("/api/v1/server-metrics").expect(200);
    assertTrue(answer.header("Content-Type").startsWith("text/plain"), answer.toString());
    assertTrue(answer.text().contains("# TYPE memory_usedHeap_bytes gauge\n"), answer.text());
    strange.get("/api/v1/server-metrics").expectProblem(403, "forbidden");
  }

  /** Whatever is answered, a browser may do next to nothing with it; pages say themselves what. */
  @Test
  void everyAnswerBearsAStrictPolicyAndAnId() {
    for (String address :
        List.of(
            "/no-such-page", "/", "/WEB-INF/web.xml", "/assets/0/css/tokens.css", "/api/v1/runs")) {
      assertStrict(anonymous.get(address));
      assertStrict(strange.get(address + "?cursor=zzz"));
    }
    assertStrict(anonymous.get("/api/v1/runs/%2e%2e/x"));
    assertStrict(anonymous.get("/jakarta.faces.resource/core.js.xhtml?ln=primefaces"));
  }

  private static void assertStrict(Answer answer) {
    String policy = answer.header("Content-Security-Policy");
    boolean page = answer.status() == 200 && answer.header("Content-Type").startsWith("text/html");
    assertTrue(page || policy.startsWith("default-src 'none';"), answer + " " + policy);
    assertFalse(answer.header("X-Request-Id").isEmpty(), answer.toString());
  }

  /** Every page but the login, as the routes of the console name them. */
  private List<String> pages() {
    return Routes.pages().stream()
        .filter(address -> !address.equals("/login"))
        .map(address -> address.replaceFirst("^/projects/a", "/projects/" + project))
        .map(address -> address.replaceFirst("/services/a$", "/services/web"))
        .map(address -> address.replaceFirst("^/runs/.+", "/runs/" + runId))
        .toList();
  }

  private static List<Route> closed() {
    return Routes.all().stream().filter(route -> !route.rights().isEmpty()).toList();
  }

  private Answer call(Api caller, Route route) {
    boolean bare = route.method().equals("GET") || route.method().equals("DELETE");
    return caller
        .withHeader("If-Match", "\"1\"")
        .send(
            route.method(),
            filled(route.path()),
            bare ? BodyPublishers.noBody() : BodyPublishers.ofString(body(route)));
  }

  /** A body that would be accepted, so that nothing else is the reason of a refusal. */
  private static String body(Route route) {
    if (route.path().endsWith("/logs/batch")) {
      return "{\"logs\":[{\"message\":\"x\"}]}";
    }
    if (route.path().endsWith("/metrics")) {
      return "{\"metrics\":[{\"step\":1,\"values\":{\"x\":1}}]}";
    }
    return route.path().endsWith("/logs") ? "{\"message\":\"x\"}" : "{\"name\":\"x\"}";
  }

  private String filled(String path) {
    return path.replace("{project}", project)
        .replace("{run_id}", runId)
        .replace("{service}", "web")
        .replace("{user}", stranger)
        .replaceFirst("/metrics$", "/metrics?name=loss")
        .replaceAll("\\{[a-z_]+}", "1");
  }

  private static String key(Api api, List<String> scopes, Instant expiresAt) {
    Map<String, Object> wanted =
        expiresAt == null
            ? Map.of("name", "walk", "scopes", scopes)
            : Map.of("name", "walk", "scopes", scopes, "expires_at", expiresAt.toString());
    return api.post("/api/v1/api-keys", wanted).expect(201).json().path("key").asText();
  }

  private static boolean isProblem(Answer answer, int status, String code) {
    return answer.status() == status
        && answer.header("Content-Type").startsWith("application/problem+json")
        && answer.json().path("code").asText().equals(code);
  }

  private interface Call {
    Answer on(Route route);
  }

  private static void walk(List<Route> routes, Call call, Predicate<Answer> right) {
    List<String> wrong = new ArrayList<>();
    for (Route route : routes) {
      Answer answer = call.on(route);
      if (!right.test(answer)) {
        wrong.add(answer.toString());
      }
    }
    assertEquals(List.of(), wrong);
  }
}
