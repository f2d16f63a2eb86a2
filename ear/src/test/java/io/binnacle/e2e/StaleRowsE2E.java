package io.binnacle.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import io.binnacle.it.Await;
import io.binnacle.it.http.Api;
import io.binnacle.it.server.BinnacleServer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Pages that are older than what they show: a button does what it says, or nothing. */
@ConsoleTest
class StaleRowsE2E {
  private static final String PASSWORD = "fair-winds-8";

  private Browser browser;
  private ConsolePage page;

  @BeforeAll
  void signIn(BinnacleServer server) {
    browser = Browser.open();
    page = ConsolePage.signIn(browser.driver(), server);
  }

  @AfterAll
  void closeBrowser() {
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void aUsersButtonIsAboutThatUserAsThePageShowsThem(Api api) {
    String second = make(api, "stale-b");
    String third = make(api, "stale-c");
    page.open("/users?q=stale-").await(".table", "stale-c");
    String first = make(api, "stale-a");
    page.press("Disable stale-b").await("tr:has([aria-label='Edit stale-b'])", "disabled");
    assertFalse(isDisabled(api, first));
    page.open("/users?q=stale-").await(".table", "stale-c");
    change(api, third, Map.of("disabled", true));
    page.press("Disable stale-c").await("tr:has([aria-label='Edit stale-c'])", "disabled");
    assertEquals(true, isDisabled(api, second) && isDisabled(api, third));
  }

  @Test
  void whatAnotherAdministratorChangedMeanwhileIsNotSetBack(Api api) {
    String id = make(api, "stale-role");
    page.open("/users?q=stale-role").press("Edit stale-role");
    change(api, id, Map.of("role", "VIEWER"));
    page.type("edit:display-name", "Corrected").click("edit:save");
    page.await("#edit-user .ui-messages", "changed meanwhile");
    assertEquals("VIEWER", api.get("/api/v1/users/" + id).json().path("role").asText());
  }

  @Test
  void whatWasTypedForOneUserIsNotThereForTheNext(Api api) {
    make(api, "stale-one");
    make(api, "stale-two");
    page.open("/users?q=stale-").press("Edit stale-one").type("edit:password", "for one only");
    page.press("Cancel").press("Edit stale-two");
    assertEquals("", page.value("edit:password"));
    page.press("Cancel");
  }

  @Test
  void whatAScriptSaysMeanwhileStaysWhenARunIsEdited(Api api) {
    String run = "/api/v1/runs/" + UUID.randomUUID();
    String id = run.substring(run.lastIndexOf('/') + 1);
    api.post(
            "/api/v1/projects/stale/runs",
            Map.of("run_id", id, "name", "before", "tags", List.of("a,b"), "notes", "one\ntwo"))
        .expect(201);
    page.open("/runs/" + id).press("Edit").type("edit:name", "edited");
    api.patch(run, Map.of("tags", List.of("a,b", "of the script"), "notes", "three")).expect(200);
    page.click("edit:save").await(".page-head", "edited");
    JsonNode there = api.get(run).expect(200).json();
    assertEquals("[\"a,b\",\"of the script\"]", there.path("tags").toString());
    assertEquals("three", there.path("notes").asText());
  }

  @Test
  void aSessionsButtonEndsThatSession(Api api) {
    Api old = session(api, "Firefox/1 Linux");
    page.open("/account").await("main", "Firefox on Linux");
    Api young = session(api, "Edg/1 Windows");
    page.press("Sign out Firefox on Linux, 127.0.0.1").awaitWithout("main", "Firefox on Linux");
    Await.until(
        "the session's end", ConsolePage.SOON, () -> old.get("/api/v1/auth/me").status() == 401);
    young.get("/api/v1/auth/me").expect(200);
  }

  private static Api session(Api api, String browser) {
    String cookie =
        api.anonymous()
            .withHeader("User-Agent", browser)
            .post(
                "/api/v1/auth/login",
                Map.of("name", "admin", "password", BinnacleServer.ADMIN_PASSWORD))
            .expect(204)
            .header("Set-Cookie")
            .replaceAll(";.*", "");
    return api.anonymous().withHeader("Cookie", cookie);
  }

  private static String make(Api api, String name) {
    return api.post("/api/v1/users", Map.of("name", name, "password", PASSWORD))
        .expect(201)
        .json()
        .path("id")
        .asText();
  }

  private static void change(Api api, String id, Map<String, ?> wanted) {
    api.withHeader("If-Match", "*").patch("/api/v1/users/" + id, wanted).expect(200);
  }

  private static boolean isDisabled(Api api, String id) {
    return api.get("/api/v1/users/" + id).json().path("disabled").asBoolean();
  }
}
