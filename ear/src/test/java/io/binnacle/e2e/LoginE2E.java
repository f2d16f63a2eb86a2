package io.binnacle.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.it.Await;
import io.binnacle.it.server.BinnacleServer;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogType;

@ConsoleTest
class LoginE2E {
  private static final Duration SOON = Duration.ofSeconds(10);

  private Browser browser;
  private ChromeDriver driver;

  @BeforeAll
  void openBrowser() {
    browser = Browser.open();
    driver = browser.driver();
  }

  @AfterAll
  void closeBrowser() {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void forgetTheSession() {
    driver.manage().deleteAllCookies();
  }

  @Test
  void thePageIsAccessibleAndFitsTheSmallestScreen(BinnacleServer server) {
    new LoginPage(driver, server.uri()).open();
    assertEquals(List.of(), Axe.violations(driver));
    assertFalse(browser.overflowsOnSmallScreens());
    browser.photograph("login");
  }

  @Test
  void aWrongPasswordIsSaidAndNobodyIsLoggedIn(BinnacleServer server) {
    LoginPage login = new LoginPage(driver, server.uri()).open();
    login.submit("nobody-of-that-name", "wrong-password-1");
    assertFalse(login.message().isBlank());
    driver.get(server.uri() + "/runs");
    assertTrue(driver.getCurrentUrl().contains("/login"), driver.getCurrentUrl());
  }

  @Test
  void theLoginLeadsToThePageThatWasWanted(BinnacleServer server) {
    driver.get(server.uri() + "/api-keys");
    assertTrue(driver.getCurrentUrl().contains("/login?next="), driver.getCurrentUrl());
    new LoginPage(driver, server.uri()).submit("admin", BinnacleServer.ADMIN_PASSWORD);
    Await.until("the wanted page", SOON, () -> driver.getCurrentUrl().endsWith("/api-keys"));
  }

  @Test
  void everyPageIsAccessibleFitsAndBreaksNoPolicy(BinnacleServer server) {
    new LoginPage(driver, server.uri()).open().submit("admin", BinnacleServer.ADMIN_PASSWORD);
    Await.until("the console", SOON, () -> !driver.getCurrentUrl().contains("/login"));
    List<String> pages = List.of("/", "/runs", "/api-keys", "/users");
    for (String page : pages) {
      driver.get(server.uri() + page);
      assertEquals(List.of(), Axe.violations(driver), page);
      assertFalse(browser.overflowsOnSmallScreens(), page + " overflows at 360 px");
      browser.photograph(page.equals("/") ? "home" : page.substring(1));
      assertEquals(List.of(), complaints(), page);
    }
  }

  /** What the browser refused or could not do, such as a script against the policy. */
  private List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
        .map(entry -> entry.getMessage())
        .toList();
  }
}
