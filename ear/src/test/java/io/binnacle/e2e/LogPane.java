package io.binnacle.e2e;

import io.binnacle.it.Await;
import io.binnacle.it.server.BinnacleServer;
import java.util.List;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;

/** The log viewer of a run. */
final class LogPane extends ConsolePage {
  LogPane(ChromeDriver driver, BinnacleServer server) {
    super(driver, server.uri());
  }

  /** Opens the log of a run and waits until its tail is live. */
  LogPane openRun(String runId, String more) {
    open("/runs/" + runId + "?tab=logs" + more);
    await(".log-status .state", "Live");
    return this;
  }

  /** The messages on the screen and a little beyond it. */
  List<String> messages() {
    return texts(".log-rows .row .m");
  }

  /** The levels of these lines. */
  List<String> levels() {
    return texts(".log-rows .row .l");
  }

  @SuppressWarnings("unchecked")
  private List<String> texts(String selector) {
    return (List<String>)
        driver.executeScript(
            "return [...document.querySelectorAll(arguments[0])].map(e => e.textContent)",
            selector);
  }

  /** Waits for a line. */
  LogPane awaitLine(String message) {
    Await.until("the line " + message, SOON, () -> messages().contains(message));
    return this;
  }

  /** From now on, notes when each line is on the page. */
  LogPane noteWhenLinesAppear() {
    driver.executeScript(
        """
        window.appeared = {};
        new MutationObserver(() => {
          for (const { textContent } of document.querySelectorAll('.log-rows .row .m')) {
            window.appeared[textContent] ??= Date.now();
          }
        }).observe(document.querySelector('.log-rows'), { childList: true, subtree: true });
        """);
    return this;
  }

  /** When a line came onto the page, in epoch milliseconds. */
  long appearedAt(String message) {
    return (Long) driver.executeScript("return window.appeared[arguments[0]]", message);
  }

  /** What the focused button is called. */
  String nameOfFocus() {
    return driver.switchTo().activeElement().getAttribute("aria-label");
  }

  /** Waits until a line is selected and lies on the screen. */
  LogPane awaitSelected(String line) {
    Await.until("line " + line + " in sight", SOON, () -> line.equals(selectedInSight()));
    return this;
  }

  private String selectedInSight() {
    return String.valueOf(
        driver.executeScript(
            """
            const row = document.querySelector('.log-rows .row.selected');
            if (!row) return '';
            const [box, screen] = [row, document.querySelector('.log-scroller')]
              .map(e => e.getBoundingClientRect());
            return box.top >= screen.top - 1 && box.top < screen.bottom
              ? row.querySelector('.ln').textContent : '';
            """));
  }

  /** Presses a key while the log has the focus. */
  LogPane key(CharSequence key) {
    driver.findElement(By.cssSelector(".log-scroller")).sendKeys(key);
    return this;
  }

  /** Goes to a line by its number. */
  LogPane goToLine(int line) {
    key(":");
    driver.findElement(By.cssSelector(".log-goto input")).sendKeys(line + "" + Keys.ENTER);
    return this;
  }

  /** Searches for a text. */
  LogPane search(String text) {
    WebElement field = driver.findElement(By.cssSelector(".log-find input"));
    field.clear();
    field.sendKeys(text);
    return this;
  }

  /** Scrolls up as a reader does with the wheel. */
  LogPane scrollUp() {
    driver.executeScript(
        """
        const log = document.querySelector('.log-scroller');
        log.dispatchEvent(new WheelEvent('wheel', {deltaY: -400, bubbles: true}));
        log.scrollTop -= 400;
        """);
    return this;
  }
}
