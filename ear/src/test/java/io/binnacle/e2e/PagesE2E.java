package io.binnacle.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.it.Await;
import io.binnacle.it.http.Api;
import io.binnacle.it.server.BinnacleServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;

/** The pages of the console but the log viewer: what one does there, and how they look. */
@ConsoleTest
class PagesE2E {
  private static final String PASSWORD = "fair-winds-8";

  private Browser browser;
  private ChromeDriver driver;
  private ConsolePage page;
  private String runId;

  @BeforeAll
  void fillAndSignIn(BinnacleServer server) {
    Api api = server.api();
    runId = UUID.randomUUID().toString();
    api.post("/api/v1/projects/pages/runs", run(runId, "a".repeat(120))).expect(201);
    api.post("/api/v1/projects/pages/runs", run(UUID.randomUUID().toString(), "second"))
        .expect(201);
    List<Object> points = new ArrayList<>();
    for (int step = 0; step < 20; step++) {
      points.add(Map.of("step", step, "values", Map.of("loss", 1.0 / (step + 1))));
    }
    api.post("/api/v1/runs/" + runId + "/metrics", Map.of("metrics", points)).expect(200);
    api.post("/api/v1/projects/pages/services/gateway/logs", Map.of("message", "ready"))
        .expect(201);
    api.post("/api/v1/runs/" + runId + "/logs", Map.of("message", "x".repeat(70_000))).expect(201);
    browser = Browser.open();
    driver = browser.driver();
    page = ConsolePage.signIn(driver, server);
  }

  private static Map<String, ?> run(String id, String name) {
    return Map.of("run_id", id, "name", name, "tags", List.of("sft"), "config", Map.of("lr", 1e-4));
  }

  @AfterAll
  void closeBrowser() {
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void aProjectIsMadeAndAReservedNameIsRefused() {
    page.open("/").press("New project").type("create:name", "Made here");
    page.type("create:slug", "models").click("create:make");
    page.await("#new-project .ui-messages", "reserved");
    page.type("create:slug", "made-here").click("create:make").awaitAddress("/projects/made-here");
    page.await("main", "wandb.init(project=\"made-here\"");
  }

  @Test
  void aKeyIsShownOnceAndRevoked() {
    page.open("/api-keys?new").type("create:name", "for one look").click("create:make");
    page.await("#key-shell", "BINNACLE_API_KEY=bnk_");
    driver.switchTo().activeElement().sendKeys(Keys.ESCAPE);
    page.awaitAddress("/api-keys").await("main", "for one look");
    page.press("New key");
    assertFalse(page.text("dialog[open]").contains("bnk_"));
    page.press("Cancel").press("Revoke for one look").await("dialog[open]", "Revoke for one look?");
    page.click("revoke:go");
    // Other keys may be revoked already: only when the button is gone the page was made anew.
    Await.until(
        "it can't be revoked again",
        ConsolePage.SOON,
        () ->
            Boolean.TRUE.equals(
                driver.executeScript(
                    "return !document.querySelector('[aria-label=\"Revoke for one look\"]')")));
    page.await("main", "revoked");
  }

  @Test
  void aUserIsMadeChangedKeptOutAndDeleted(BinnacleServer server) {
    String mate = "tr:has([aria-label='Edit e2e-mate'])";
    page.open("/users").press("New user").type("create:name", "e2e-mate");
    page.type("create:password", "short").click("create:make");
    page.await("#new-user .ui-messages", "at least");
    page.type("create:password", PASSWORD).choose("create:role", "VIEWER").click("create:make");
    page.await("main", "e2e-mate").press("Edit e2e-mate");
    page.type("edit:display-name", "First Mate").click("edit:save").await("main", "First Mate");
    seeAsViewer(server);
    page.open("/users").press("Disable e2e-mate").await(mate, "disabled");
    page.press("Enable e2e-mate").awaitWithout(mate, "disabled");
    page.press("Delete e2e-mate")
        .await("dialog[open]", "Delete e2e-mate?")
        .press("Delete the user");
    page.awaitWithout("main", "e2e-mate");
    page.press("Delete admin").press("Delete the user");
    page.await("#delete-user .ui-messages", "last administrator");
  }

  private void seeAsViewer(BinnacleServer server) {
    ConsolePage.signIn(driver, server, "e2e-mate", PASSWORD);
    page.await("main", "You belong to no project yet").open("/users").await("main", "403");
    page.open("/account").type("password:present", PASSWORD);
    page.type("password:wanted", PASSWORD).type("password:repeated", "another-one-9");
    page.click("password:save").await("main", "not the same");
    ConsolePage.signIn(driver, server);
    browser.complaints();
  }

  @Test
  void settingsTakeMembersAndRetention(Api api) {
    api.post("/api/v1/projects", Map.of("slug", "settled")).expect(201);
    api.post("/api/v1/users", Map.of("name", "crew", "password", PASSWORD)).expect(201);
    page.open("/projects/settled/settings").type("enlist:login", "nobody-here").click("enlist:add");
    page.await("#enlist", "no such user").type("enlist:login", "crew").click("enlist:add");
    page.await("main", "crew").press("Remove crew").click("discharge:go");
    page.awaitWithout(".in-card", "crew");
    page.type("keep:days", "minus one").click("keep:save");
    page.await("#keep", "Days: not a number");
    page.type("keep:days", "99999999999999").click("keep:save");
    page.await("#keep", "Days: a whole number from 1 to 2147483647 is needed");
    page.type("keep:days", "30").type("keep:size", "1.5").click("keep:save");
    Await.until(
        "the limits",
        ConsolePage.SOON,
        () -> api.get("/api/v1/projects/settled").json().path("retention_days").asInt() == 30);
    page.await("main [role=status]", "older than 30 days or beyond 1.5 MiB of all logs together");
    page.awaitAddress("/projects/settled/settings");
    assertEquals(
        1_572_864, api.get("/api/v1/projects/settled").json().path("retention_bytes").asLong());
    page.open("/projects/settled/settings").press("Delete…").type("remove:typed", "wrong");
    page.click("remove:go").await("#remove", "type settled to delete it");
    page.type("remove:typed", "settled").click("remove:go").awaitAddress("/");
    page.await("main [role=status]", "The project was deleted.");
    page.awaitWithout("main", "settled");
  }

  @Test
  void runsAreFilteredAndSortedByTheAddress() {
    page.open("/projects/pages?q=second").await(".table", "second");
    assertFalse(page.text(".table").contains("aaa"));
    page.press("Show all").await(".table", "aaa").press("Run").awaitAddress("?sort=name");
    String names = page.text(".table .name");
    assertTrue(names.indexOf("aaa") < names.indexOf("second"), names);
    page.open("/runs?q=nothing-like-it").await("main", "No run matches");
    for (String column : List.of("Status", "Started", "Duration")) {
      page.open("/projects/pages").press(column);
      page.await("th[aria-sort=ascending]", column).press(column);
      page.await("th[aria-sort=descending]", column).await(".table", "second");
    }
  }

  @Test
  void everyTableIsFilteredAndSortedByTheAddress(Api api) {
    api.post("/api/v1/users", Map.of("name", "zoe", "password", PASSWORD)).expect(201);
    api.send("PUT", "/api/v1/projects/pages/members/zoe", BodyPublishers.noBody()).expect(200);
    api.post("/api/v1/api-keys", Map.of("name", "zoe's own", "scopes", List.of("read")))
        .expect(201);
    api.post("/api/v1/projects", Map.of("slug", "zoe-project")).expect(201);
    api.post("/api/v1/projects/pages/services/zoe/logs", Map.of("message", "ready")).expect(201);
    assertTable("/users", "zoe", "admin", List.of("User", "Role", "Since"));
    assertTable("/api-keys", "zoe", "", List.of("Name", "Made", "Last used", "Ends"));
    assertTable("/", "zoe", "pages", List.of("Project", "In addresses", "Since"));
    assertTable("/projects/pages/services", "zoe", "gateway", List.of("Service", "Known since"));
    assertTable("/projects/pages/settings", "zoe", "", List.of("Member", "Since"));
    assertTable(
        "/refusals", "truncated", "", List.of("Project", "Data", "What happened", "Items", "Last"));
  }

  private void assertTable(String address, String found, String hidden, List<String> columns) {
    page.open(address + "?q=" + found).await(".table", found);
    assertTrue(hidden.isEmpty() || !page.text(".table .name").contains(hidden), address);
    page.open(address + "?q=nothing-like-it").await("main", "match");
    // What other tests made may fill the first page.
    page.press("Show all").await(".table", columns.get(0));
    page.open(address + "?q=" + found).await(".table", found);
    for (String column : columns) {
      page.press(column).await("th:is([aria-sort=ascending], [aria-sort=descending])", column);
      String way = page.text("th[aria-sort=ascending]").contains(column) ? "de" : "a";
      page.press(column).await("th[aria-sort=" + way + "scending]", column);
      page.await(".table", found);
    }
    page.open(address + "?sort=colour").await("main", "400");
    browser.complaints();
  }

  @Test
  void whatBeginsAppearsByItself(Api api) {
    api.post("/api/v1/projects", Map.of("slug", "waiting")).expect(201);
    page.open("/projects/waiting").await("main", "Bring the first run aboard");
    api.post("/api/v1/projects/waiting/runs", Map.of("name", "the very first")).expect(201);
    page.await(".table", "the very first");
    api.post("/api/v1/projects/waiting/runs", Map.of("name", "the next")).expect(201);
    page.await(".table", "the next").await(".table-foot", "2 runs");
  }

  @Test
  void aFormOfAnOldPageLeadsToTheNewOne() {
    page.open("/users");
    driver.executeScript(
        "document.querySelectorAll('[name=\"jakarta.faces.ViewState\"]')"
            + ".forEach(field => field.value = 'what an old server wrote')");
    page.press("New user").type("create:name", "late").type("create:password", PASSWORD);
    page.click("create:make").await("main", "was not done").awaitAddress("/users");
    assertFalse(page.text(".table").contains("late"));
  }

  @Test
  void aRunIsChangedAndDeleted(Api api) {
    String id = UUID.randomUUID().toString();
    api.post("/api/v1/projects/pages/runs", run(id, "short-lived")).expect(201);
    page.open("/runs/" + id).press("Edit").type("edit:name", "").click("edit:save");
    page.await("#edit", "Name: must not be empty.");
    assertEquals("edit:name", driver.switchTo().activeElement().getDomAttribute("id"));
    String said = driver.switchTo().activeElement().getDomAttribute("aria-describedby");
    page.await("[id=\"" + said + "\"]", "Name")
        .type("edit:name", "renamed")
        .type("edit:tags", "one\ntwo, three");
    page.type("edit:notes", "<b>bold</b>").click("edit:save").await(".page-head", "renamed");
    page.await(".page-head", "two, three").await("main", "<b>bold</b>");
    page.press("Delete").press("Keep it").press("Delete").press("Delete the run");
    page.awaitAddress("/projects/pages").await("main", "The run was deleted.");
    page.open("/runs/" + id).await("main", "404");
    browser.complaints();
  }

  @Test
  void theHeadOfARunFollowsItOnEveryTab(Api api) {
    for (String tab : List.of("", "?tab=metrics", "?tab=logs")) {
      String id = UUID.randomUUID().toString();
      api.post("/api/v1/projects/pages/runs", run(id, "short")).expect(201);
      page.open("/runs/" + id + tab).await(".page-head", "running for");
      api.patch("/api/v1/runs/" + id, Map.of("status", "FINISHED", "exit_code", 0)).expect(200);
      page.await(".page-head", "ran for").await(".page-head .pill", "finished");
    }
    page.open("/runs/" + runId).await(".facts", "Last heard of");
    assertFalse(page.text(".facts").contains("Ended"));
  }

  @Test
  void onASmallScreenTheSidebarTakesTheFocusAndGivesItBack() {
    page.open("/runs");
    browser.onSmallScreen(
        () -> {
          page.press("Navigation");
          assertEquals("Projects", focused().getText());
          assertEquals(List.of(), Axe.violations(driver));
          focused().sendKeys(Keys.ESCAPE);
          assertEquals("false", focused().getDomAttribute("aria-expanded"));
          return page.press("Navigation");
        });
    // A screen that becomes wide shows both again.
    page.press("Theme").press("Light");
  }

  private WebElement focused() {
    return driver.switchTo().activeElement();
  }

  @Test
  void aServerThatCantBeReachedIsTold() {
    for (String address : List.of("/runs", "/runs/" + runId + "?tab=metrics")) {
      page.open(address).await("main", "running");
      browser.block("*/runs*", "*/api/*");
      page.await("body", "Not up to date");
      browser.block();
      page.awaitWithout("body", "Not up to date");
    }
    browser.complaints();
  }

  @Test
  void aSessionThatEndsLeadsToTheLoginAndBack(BinnacleServer server) {
    page.open("/projects/pages?q=second").await(".table", "second");
    driver.manage().deleteAllCookies();
    page.awaitAddress("/login?next=%2Fprojects%2Fpages%3Fq%3Dsecond");
    page.await("main", "session has ended").type("form:name", "admin");
    page.type("form:password", BinnacleServer.ADMIN_PASSWORD).click("form:enter");
    page.awaitAddress("/projects/pages?q=second");
  }

  @Test
  void longNamesWidenNoPage(Api api) {
    String slug = "s".repeat(64);
    String id = UUID.randomUUID().toString();
    api.post("/api/v1/projects", Map.of("slug", slug, "name", "p".repeat(200))).expect(201);
    api.post(
            "/api/v1/projects/" + slug + "/runs",
            Map.of("run_id", id, "name", "r".repeat(200), "tags", List.of("t".repeat(50))))
        .expect(201);
    Map<String, ?> point = Map.of("step", 1, "values", Map.of("m".repeat(100), 1));
    api.post("/api/v1/runs/" + id + "/metrics", Map.of("metrics", List.of(point))).expect(200);
    String project = "/projects/" + slug;
    api.post("/api/v1" + project + "/services/" + slug + "/logs", Map.of("message", "ready"))
        .expect(201);
    String run = "/runs/" + id;
    for (String address :
        List.of(
            "/",
            "/runs",
            project,
            project + "/settings",
            project + "/services",
            project + "/services/" + slug,
            run,
            run + "?tab=metrics",
            run + "?tab=logs")) {
      page.open(address);
      if (address.endsWith("metrics")) {
        page.await(".metric-table", "mmm");
      }
      assertFalse(browser.overflows(), address + " overflows at 1440 px");
      assertFalse(browser.overflowsOnSmallScreens(), address + " overflows at 360 px");
    }
    browser.complaints();
  }

  @Test
  void metricsAreDrawnAndRefusalsCounted() {
    page.open("/runs/" + runId + "?tab=metrics").await(".chart", "loss");
    page.await(".chart .figure", "0.05").await(".metric-table tbody", "0.05");
    page.press("Last").awaitAddress("sort=last").press("Last").awaitAddress("sort=-last");
    driver.findElement(By.cssSelector("[type=search]")).sendKeys("nothing-like-it");
    page.await(".metric-table", "No metric matches").awaitWithout(".chart:not([hidden])", "loss");
    page.open("/refusals").await(".table", "cut at the limit");
    page.open("/projects/pages/settings").await("main", "cut at the limit");
  }

  @Test
  void everyPageIsAccessibleInBothThemesFitsAndBreaksNoPolicy() {
    browser.complaints();
    pages()
        .forEach(
            (name, address) -> {
              page.open(address);
              for (String theme : Browser.THEMES) {
                browser.wear(theme);
                assertEquals(List.of(), Axe.violations(driver), address + " " + theme);
              }
              assertFalse(browser.overflowsOnSmallScreens(), address + " overflows at 360 px");
              browser.photograph(name);
              assertEquals(List.of(), browser.complaints(), address);
            });
  }

  @Test
  void pagesOfErrorsAreAccessibleInBothThemesAndFit(BinnacleServer server, Api api) {
    assertErrorPage("error-404", "/runs/" + UUID.randomUUID(), "There is nothing here");
    assertErrorPage("error-400", "/runs?cursor=zzz", "can't be read");
    api.post("/api/v1/users", Map.of("name", "guest", "password", PASSWORD, "role", "VIEWER"))
        .expect(201);
    ConsolePage.signIn(driver, server, "guest", PASSWORD);
    assertErrorPage("error-403", "/users", "not for your role");
    api.send("PUT", "/api/v1/projects/pages/members/guest", BodyPublishers.noBody()).expect(200);
    page.open("/projects/pages/settings").await("main", "How long logs are kept");
    assertEquals(List.of(), driver.findElements(By.cssSelector("main .field")));
    ConsolePage.signIn(driver, server);
  }

  private void assertErrorPage(String name, String address, String words) {
    page.open(address).await("main", words).await("main", "Request ");
    for (String theme : Browser.THEMES) {
      browser.wear(theme);
      assertEquals(List.of(), Axe.violations(driver), address + " " + theme);
    }
    assertFalse(browser.overflowsOnSmallScreens(), address);
    browser.photograph(name);
    browser.complaints();
  }

  private Map<String, String> pages() {
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("home", "/");
    pages.put("runs", "/runs");
    pages.put("project", "/projects/pages");
    pages.put("services", "/projects/pages/services");
    pages.put("service", "/projects/pages/services/gateway");
    pages.put("settings", "/projects/pages/settings");
    pages.put("run", "/runs/" + runId);
    pages.put("metrics", "/runs/" + runId + "?tab=metrics");
    pages.put("refusals", "/refusals");
    pages.put("api-keys", "/api-keys");
    pages.put("new-key", "/api-keys?new");
    pages.put("account", "/account");
    pages.put("users", "/users");
    pages.put("audit", "/audit");
    return pages;
  }
}
