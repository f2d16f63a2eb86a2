package io.binnacle.e2e;

import io.binnacle.it.Await;
import io.binnacle.it.server.BinnacleServer;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;

/** Any page of the console behind the login: its forms, dialogs and tables. */
class ConsolePage {
  private static final String BUTTON =
      """
      const place = document.querySelector('dialog[open]') ?? document;
      return [...place.querySelectorAll('button, a')].find(one => one.checkVisibility()
        && (one.innerText.trim() === arguments[0]
          || one.getAttribute('aria-label') === arguments[0])) ?? null;
      """;

  static final Duration SOON = Duration.ofSeconds(30);

  final ChromeDriver driver;
  final URI server;

  ConsolePage(ChromeDriver driver, URI server) {
    this.driver = driver;
    this.server = server;
  }

  /** Logs in as the administrator. */
  static ConsolePage signIn(ChromeDriver driver, BinnacleServer server) {
    return signIn(driver, server, "admin", BinnacleServer.ADMIN_PASSWORD);
  }

  /** Logs in as anybody. */
  static ConsolePage signIn(
      ChromeDriver driver, BinnacleServer server, String name, String password) {
    driver.get(server.uri() + "/login");
    driver.manage().deleteAllCookies();
    new LoginPage(driver, server.uri()).open().submit(name, password);
    Await.until("the console", SOON, () -> !driver.getCurrentUrl().contains("/login"));
    return new ConsolePage(driver, server.uri());
  }

  /** Opens an address of the console. */
  ConsolePage open(String address) {
    driver.get(server + address);
    return this;
  }

  /** Presses the button or link that is seen and bears these words; in a dialog if one is open. */
  ConsolePage press(String words) {
    Await.value(
            "a button \"" + words + "\"",
            SOON,
            () -> Optional.ofNullable((WebElement) driver.executeScript(BUTTON, words)))
        .click();
    return this;
  }

  /** Presses the button with this id. */
  ConsolePage click(String id) {
    driver.findElement(By.id(id)).click();
    return this;
  }

  /** Types into the field with this id, in place of what is there. */
  ConsolePage type(String id, String text) {
    WebElement field = driver.findElement(By.id(id));
    field.clear();
    field.sendKeys(text);
    return this;
  }

  /** Chooses from the menu with this id. */
  ConsolePage choose(String id, String value) {
    driver
        .findElement(By.id(id))
        .findElement(By.cssSelector("option[value='" + value + "']"))
        .click();
    return this;
  }

  /** The text that the reader sees. */
  String text(String selector) {
    return String.valueOf(
        driver.executeScript(
            "return [...document.querySelectorAll(arguments[0])].map(e => e.innerText).join('\\n')",
            selector));
  }

  /** The value of a field. */
  String value(String id) {
    return driver.findElement(By.id(id)).getDomProperty("value");
  }

  /** Waits until a part of the page says something. */
  ConsolePage await(String selector, String words) {
    Await.until(words + " in " + selector, SOON, () -> text(selector).contains(words));
    return this;
  }

  /** Waits until a part of the page does not say something any more. */
  ConsolePage awaitWithout(String selector, String words) {
    Await.until("no " + words + " in " + selector, SOON, () -> !text(selector).contains(words));
    return this;
  }

  /** Waits for an address. */
  ConsolePage awaitAddress(String end) {
    Await.until("the address " + end, SOON, () -> driver.getCurrentUrl().endsWith(end));
    return this;
  }
}
