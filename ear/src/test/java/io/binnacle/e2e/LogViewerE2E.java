package io.binnacle.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.it.Await;
import io.binnacle.it.http.Api;
import io.binnacle.it.server.BinnacleServer;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** The log viewer, as a reader uses it. */
@ConsoleTest
class LogViewerE2E {
  private static final int BATCH = 5_000;

  private Browser browser;
  private LogPane log;
  private String runId;

  @BeforeAll
  void signIn(BinnacleServer server) {
    browser = Browser.open();
    ConsolePage.signIn(browser.driver(), server);
    log = new LogPane(browser.driver(), server);
  }

  @AfterAll
  void closeBrowser() {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void makeRun(Api api) {
    runId = UUID.randomUUID().toString();
    api.post("/api/v1/projects/viewer/runs", Map.of("run_id", runId, "name", "watched"))
        .expect(201);
  }

  @AfterEach
  void reachEverything() {
    browser.block();
  }

  private void write(Api api, Object... lines) {
    api.post("/api/v1/runs/" + runId + "/logs/batch", Map.of("logs", List.of(lines))).expect(200);
  }

  private void writeTo(String stream, Api api, Object... lines) {
    api.post(
            "/api/v1/runs/" + runId + "/logs/batch",
            Map.of("stream", stream, "logs", List.of(lines)))
        .expect(200);
  }

  private static Map<String, ?> line(String message) {
    return Map.of("message", message);
  }

  private static Object[] numbered(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(i -> line("line " + i)).toArray();
  }

  @Test
  void aLineArrivesByItself(Api api) {
    log.openRun(runId, "");
    log.await(".log-blank", "No lines yet");
    log.await(".log-blank pre", "/api/v1/runs/" + runId + "/logs");
    assertEquals(List.of(), Axe.violations(browser.driver()));
    browser.photograph("log-empty");
    write(api, line("the first"));
    log.awaitLine("the first");
    write(api, line("the second"));
    log.awaitLine("the second");
    assertEquals(List.of("the first", "the second"), log.messages());
  }

  @Test
  void aLineIsOnTheScreenWithinHalfASecondOfItsAcknowledgement(Api api) {
    log.openRun(runId, "").noteWhenLinesAppear();
    long[] millis = new long[20];
    for (int i = 0; i < millis.length; i++) {
      write(api, line("tick " + i));
      long acknowledged = System.currentTimeMillis();
      log.awaitLine("tick " + i);
      millis[i] = log.appearedAt("tick " + i) - acknowledged;
    }
    Arrays.sort(millis);
    assertTrue(millis[millis.length / 2] < 500, () -> Arrays.toString(millis));
  }

  @Test
  void whoScrollsUpStaysThereAndIsToldWhatIsNew(Api api) {
    write(api, numbered(1, 300));
    log.openRun(runId, "").awaitLine("line 300");
    log.scrollUp();
    log.await(".log-bar [aria-label=Follow][aria-pressed=false]", "Follow");
    write(api, numbered(301, 303));
    log.await(".log-pill", "3 new");
    log.press("3 new").awaitWithout("main", "3 new");
    log.awaitLine("line 303");
  }

  @Test
  void aViewerThatCouldReadNothingComesUpWhenItIsRefreshed(Api api) {
    write(api, line("written before"));
    browser.block("*/logs/streams");
    log.openRun(runId, "").await(".log-blank", "The server can't be reached.");
    browser.block();
    log.key("r").awaitLine("written before");
    write(api, line("written after"));
    log.awaitLine("written after");
  }

  @Test
  void aSecondRankIsMergedInWithoutMovingTheReader(Api api) {
    write(api, numbered(1, 300));
    log.openRun(runId, "").awaitLine("line 300");
    log.goToLine(100).awaitSelected("100");
    writeTo("rank-1", api, line("hello of another rank"));
    log.await(".log-status .place", "301 lines in all");
    log.awaitSelected("100");
    log.key("G").awaitLine("hello of another rank");
    write(api, line("line 301"));
    log.awaitLine("line 301");
  }

  @Test
  void onlyLinesOfTheChosenStreamArrive(Api api) {
    writeTo("rank-0", api, line("zero began"));
    writeTo("rank-1", api, line("one began"));
    log.openRun(runId, "").awaitLine("zero began").awaitLine("one began");
    log.press("Streams: All 2 streams").press("rank-1\n1");
    Await.until("rank 1", ConsolePage.SOON, () -> log.messages().equals(List.of("one began")));
    writeTo("rank-0", api, line("zero went on"));
    writeTo("rank-1", api, line("one went on"));
    log.awaitLine("one went on");
    assertEquals(List.of("one began", "one went on"), log.messages());
  }

  @Test
  void levelsAndSourcesFilterAndTheAddressKeepsIt(Api api) {
    write(
        api,
        Map.of("message", "fine", "level", "INFO", "source", "stdout"),
        Map.of("message", "broken", "level", "ERROR", "source", "stderr"),
        Map.of("message", "noted", "level", "ERROR", "source", "sdk"));
    log.openRun(runId, "").awaitLine("noted");
    browser.driver().executeScript("document.querySelector('.level-chip.lv-error').click()");
    Await.until("only errors", ConsolePage.SOON, () -> log.messages().equals(two()));
    log.press("Sources: All sources").press("stderr\n1");
    Await.until("one source", ConsolePage.SOON, () -> log.messages().equals(List.of("broken")));
    log.awaitAddress("level=ERROR&source=stderr");
    browser.driver().navigate().refresh();
    log.awaitLine("broken");
    log.press("Show everything");
    log.awaitLine("fine");
  }

  private static List<String> two() {
    return List.of("broken", "noted");
  }

  @Test
  void theSearchCountsWalksAndTakesExpressions(Api api) {
    List<Object> lines = new ArrayList<>(List.of(numbered(1, 400)));
    lines.set(9, line("needle one"));
    lines.set(199, line("a Needle two"));
    lines.set(389, line("needle three"));
    write(api, lines.toArray());
    log.openRun(runId, "").awaitLine("line 400");
    log.search("needle").await(".log-find .count", "3 hits");
    log.press("Previous hit (N)");
    log.awaitSelected("390").press("Previous hit (N)");
    log.awaitSelected("200").press("Next hit (n)");
    log.awaitSelected("390");
    assertTrue(log.text(".row.selected mark").contains("needle"));
    log.press("Regular expression");
    log.search("^need.e (one|two)$").await(".log-find .count", "1 hit");
    log.press("Show only lines that match");
    Await.until("one line", ConsolePage.SOON, () -> log.messages().equals(List.of("needle one")));
    log.search("(").await(".log-trouble.bad", "Unclosed group");
  }

  @Test
  void theWayAlongTheHitsBeginsAtTheNewestAndGoesOnAtTheOtherEnd(Api api) {
    List<Object> lines = new ArrayList<>(List.of(numbered(1, 400)));
    lines.set(9, line("needle one"));
    lines.set(299, Map.of("message", "needle two", "level", "ERROR"));
    write(api, lines.toArray());
    log.openRun(runId, "").awaitLine("line 400");
    log.search("needle" + Keys.ENTER).awaitSelected("300").await(".log-find .count", "2 of 2");
    log.key("n").awaitSelected("10").await(".toasts", "Continued at the top.");
    log.await(".log-find .count", "1 of 2");
    log.key("N").awaitSelected("300").await(".toasts", "Continued at the bottom.");
    log.key("G").awaitLine("line 400").key("e").awaitSelected("300");
  }

  @Test
  void chipsKeepTheFocusWhileTheirCountsGrow(Api api) {
    write(api, line("the first"));
    log.openRun(runId, "").awaitLine("the first");
    browser.driver().executeScript("document.querySelector('.level-chip').focus()");
    write(api, line("the second"), Map.of("message", "a detail", "level", "DEBUG"));
    log.await(".level-chip.lv-debug", "1");
    assertTrue(focused().contains("INFO"), focused());
  }

  @Test
  void aNumberOfAFieldIsShownAndFilteredForAsItWasSent(Api api) {
    BigInteger id = new BigInteger("12345678901234567890");
    write(
        api,
        Map.of("message", "this one", "fields", Map.of("id", id)),
        Map.of("message", "its neighbour", "fields", Map.of("id", id.add(BigInteger.ONE))));
    log.openRun(runId, "").awaitLine("▸this one");
    log.key("g").key("j").key(Keys.ENTER).await(".row .tree", "12345678901234567890");
    browser.driver().executeScript("document.querySelector('.tree .only').click()");
    log.await(".field-chip", "id = 12345678901234567890");
    Await.until("only one", ConsolePage.SOON, () -> log.messages().size() == 1);
  }

  @Test
  void theSelectedLineIsMarkedAndSeenAmongItsNeighboursWithoutAKeyboard(Api api) {
    List<Object> lines = new ArrayList<>(List.of(numbered(1, 40)));
    lines.set(19, Map.of("message", "it broke", "level", "ERROR"));
    write(api, lines.toArray());
    log.openRun(runId, "&level=ERROR").awaitLine("it broke");
    browser.driver().executeScript("document.querySelector('.row .m').click()");
    log.awaitSelected("20").press("More").press("Lines around the selected one\nx");
    log.awaitLine("line 15");
    browser.driver().executeScript("document.querySelector('[data-ask=bookmark]').click()");
    log.await(".row.marked", "it broke");
  }

  @Test
  void aRunThatIsOverIsNotCalledLive(Api api) {
    write(api, line("the end"));
    api.patch("/api/v1/runs/" + runId, Map.of("status", "FINISHED")).expect(200);
    log.open("/runs/" + runId + "?tab=logs");
    log.await(".log-status .state", "Finished");
  }

  @Test
  void aLongLogScrollsToAnyLineAndALinkLeadsThere(Api api) {
    for (int from = 1; from <= 105_000; from += BATCH) {
      write(api, numbered(from, from + BATCH - 1));
    }
    log.openRun(runId, "").awaitLine("line 105000");
    for (int line : new int[] {73_210, 1, 50_000, 104_999}) {
      log.goToLine(line).awaitSelected(Integer.toString(line)).awaitLine("line " + line);
    }
    Await.until("a link", ConsolePage.SOON, () -> address().endsWith(":104999"));
    log.goToLine(50_001).awaitSelected("50001");
    Await.until("a link", ConsolePage.SOON, () -> address().endsWith(":50001"));
    browser.driver().navigate().refresh();
    log.awaitSelected("50001");
    dragBarTo(0.25);
    Await.until("a quarter", ConsolePage.SOON, () -> near(firstLine(), 26_250));
    log.key("G").awaitLine("line 105000");
    log.key("g").awaitLine("line 1");
    assertTrue(log.messages().size() < 500, "only the rows around the screen are elements");
  }

  @Test
  void ranksMergedByTimeAreReachedAtAnyTime(Api api) {
    long began = 1_700_000_000L;
    for (int from = 1; from <= 60_000; from += BATCH) {
      for (String rank : List.of("rank-0", "rank-1")) {
        List<Object> lines = new ArrayList<>();
        for (int i = from; i < from + BATCH; i++) {
          lines.add(Map.of("message", "step " + i, "timestamp", began + i / 10.0));
        }
        writeTo(rank, api, lines.toArray());
      }
    }
    log.openRun(runId, "").awaitLine("step 60000");
    for (double share : new double[] {0.5, 0.1, 0.8}) {
      dragBarTo(share);
      Await.until(
          "step " + (int) (60_000 * share),
          ConsolePage.SOON,
          () -> near(firstStep(), (int) (60_000 * share)));
    }
    log.press("Streams: All 2 streams").press("rank-1\n60,000");
    log.await(".log-status .place", "of 60,000");
    dragBarTo(0.3);
    Await.until("line 18000", ConsolePage.SOON, () -> near(firstLine(), 18_000));
  }

  private int firstStep() {
    List<String> messages = log.messages();
    String digits = messages.isEmpty() ? "" : messages.get(0).replace("step ", "");
    return digits.matches("\\d+") ? Integer.parseInt(digits) : 0;
  }

  @Test
  void everythingIsReachedWithTheKeyboard(Api api) {
    write(api, numbered(1, 50));
    log.openRun(runId, "").awaitLine("line 50");
    browser.driver().executeScript("document.querySelector('.log-find input').focus()");
    List<String> reached = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      browser.driver().switchTo().activeElement().sendKeys(Keys.TAB);
      reached.add(focused());
    }
    assertTrue(
        reached.containsAll(
            List.of("Match case", "Follow", "Pause", "Download", "More", "Log lines", "Keyboard")),
        reached.toString());
    log.key("g").awaitLine("line 1");
    log.key("j").awaitSelected("1").key("?").await("dialog[open]", "Keyboard");
    browser.driver().switchTo().activeElement().sendKeys(Keys.ESCAPE);
    log.awaitWithout("dialog[open]", "Keyboard");
    log.key("/");
    assertEquals("Find in messages", focused());
    browser.driver().switchTo().activeElement().sendKeys(Keys.ESCAPE);
    assertEquals("Log lines", focused());
  }

  private String focused() {
    return String.valueOf(
        browser
            .driver()
            .executeScript(
                "const one = document.activeElement;"
                    + "return one.getAttribute('aria-label') ?? one.innerText"));
  }

  private String address() {
    return browser.driver().getCurrentUrl();
  }

  private static boolean near(int line, int wanted) {
    return Math.abs(line - wanted) < 3_000;
  }

  private int firstLine() {
    String place = log.text(".log-status .place").replaceAll(".*lines ([\\d,]+).*", "$1");
    String digits = place.replace(",", "");
    return digits.matches("\\d+") ? Integer.parseInt(digits) : 0;
  }

  private void dragBarTo(double share) {
    browser
        .driver()
        .executeScript(
            """
            const bar = document.querySelector('.log-scrollbar');
            const box = bar.getBoundingClientRect();
            bar.setPointerCapture = () => {};
            for (const type of ['pointerdown', 'pointerup']) {
              bar.dispatchEvent(new PointerEvent(type, {button: 0, pointerId: 1, bubbles: true,
                clientX: box.left + 2, clientY: box.top + box.height * arguments[0]}));
            }
            """,
            share);
  }

  @Test
  void theNeighboursOfAFilteredLineAreShownAndHidden(Api api) {
    List<Object> lines = new ArrayList<>(List.of(numbered(1, 40)));
    lines.set(19, Map.of("message", "it broke", "level", "ERROR"));
    write(api, lines.toArray());
    log.openRun(runId, "&level=ERROR").awaitLine("it broke");
    log.key("j").awaitSelected("20");
    log.key("x").awaitLine("line 15").awaitLine("line 25");
    log.key("x");
    Await.until("alone again", ConsolePage.SOON, () -> log.messages().equals(List.of("it broke")));
  }

  @Test
  void fieldsOpenColoursShowAndHostileTextStaysText(Api api) {
    String hostile = "<img src=x onerror=window.hit=1><script>window.hit=1</script> =cmd()";
    write(
        api,
        line(hostile),
        line("\u001b[31mred\u001b[0m plain"),
        Map.of("message", "evaluated", "fields", Map.of("event", "<b>eval</b>")));
    log.openRun(runId, "").awaitLine(hostile);
    assertNull(browser.driver().executeScript("return window.hit"));
    log.awaitLine("red plain");
    assertEquals("red", log.text(".row .m .f1, .row .m [class*=fg], .row .m span:not(.flag)"));
    log.press("Show the fields").await(".row .tree", "<b>eval</b>");
    assertNull(browser.driver().executeScript("return document.querySelector('.row b')"));
    assertEquals(List.of(), browser.complaints());
  }

  @Test
  void whatIsOpenedWithTheKeyboardStaysOpenAndKeepsTheFocus(Api api) {
    Map<String, ?> deep = Map.of("a", Map.of("b", Map.of("c", Map.of("d", 1))));
    write(api, Map.of("message", "nested", "fields", deep));
    log.openRun(runId, "").awaitLine("▸nested");
    browser.driver().findElement(By.cssSelector(".disclose")).sendKeys(Keys.ENTER);
    assertEquals("Hide the fields", log.nameOfFocus());
    browser.driver().findElement(By.cssSelector("[aria-label='Open b']")).click();
    browser.driver().findElement(By.cssSelector(".row .t")).click();
    log.await(".row.selected [aria-label='Open b'][aria-expanded=true]", "▾");
    browser.driver().findElement(By.cssSelector(".disclose")).sendKeys(Keys.ENTER);
    assertEquals("Show the fields", log.nameOfFocus());
    assertEquals(List.of(), browser.driver().findElements(By.cssSelector(".row .tree")));
  }

  @Test
  void linesWrapTimesChangeTheirZoneAndTheKeysAreExplained(Api api) {
    write(api, line("one line"));
    log.openRun(runId, "").awaitLine("one line");
    String wrapped = log.text(".log-status button");
    log.key("w");
    assertFalse(wrapped.equals(log.text(".log-status button")));
    log.key("t");
    log.await(".log-status", "UTC");
    log.key("t").key("w");
    log.key("?");
    log.await("dialog[open]", "Next error");
    assertEquals(List.of(), Axe.violations(browser.driver()));
    browser.driver().switchTo().activeElement().sendKeys(Keys.ESCAPE);
    log.awaitWithout("dialog[open]", "Next error");
  }

  @Test
  void downloadsFollowTheFilterInEveryFormat(Api api) {
    write(api, line("kept"), Map.of("message", "asked for", "level", "ERROR"));
    log.openRun(runId, "&level=ERROR").awaitLine("asked for");
    for (String format : List.of("txt", "json", "ndjson", "csv")) {
      String body =
          String.valueOf(
              browser
                  .driver()
                  .executeAsyncScript(
                      "const done = arguments[arguments.length - 1];"
                          + "fetch(document.querySelector(`[data-format=${arguments[0]}]`).href)"
                          + ".then(answer => answer.text()).then(done, done)",
                      format));
      assertTrue(body.contains("asked for") && !body.contains("kept"), format + ": " + body);
    }
  }

  @Test
  void aLogIsClearedOnlyWhenThatIsConfirmed(Api api) {
    write(api, line("to be kept or not"));
    log.openRun(runId, "").awaitLine("to be kept or not");
    log.press("More").press("Clear the log…").press("Keep them");
    assertEquals(List.of("to be kept or not"), log.messages());
    log.press("More").press("Clear the log…").press("Delete all lines");
    log.await(".log-blank", "No lines yet");
    write(api, line("after"));
    log.awaitLine("after");
  }

  @Test
  void theViewerOfARunThatIsDeletedSaysSoAndStopsTrying(Api api) {
    write(api, line("the last"));
    log.openRun(runId, "").awaitLine("the last");
    api.delete("/api/v1/runs/" + runId).expect(204);
    log.await(".log-status .state", "Deleted");
    log.await(".log-blank", "This run was deleted.");
    log.await("[data-run-status]", "deleted");
  }

  @Test
  void theViewerIsAccessibleInBothThemesAndFits(Api api) {
    write(
        api,
        Map.of("message", "loss 2.4", "source", "stdout"),
        Map.of("message", "slow", "level", "WARNING", "source", "stderr"),
        Map.of("message", "broke", "level", "ERROR", "source", "sdk"),
        Map.of("message", "gone", "level", "CRITICAL"),
        Map.of("message", "detail", "level", "DEBUG"));
    log.openRun(runId, "").awaitLine("detail");
    for (String theme : Browser.THEMES) {
      browser.wear(theme);
      assertEquals(List.of(), Axe.violations(browser.driver()), theme);
    }
    assertFalse(browser.overflowsOnSmallScreens());
    browser.photograph("log");
  }
}
