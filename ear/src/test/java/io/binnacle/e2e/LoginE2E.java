package io.binnacle.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.it.Await;
import io.binnacle.it.http.Api;
import io.binnacle.it.server.BinnacleServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.chrome.ChromeDriver;

@ConsoleTest
class LoginE2E {
  private static final Duration SOON = Duration.ofSeconds(30);

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
  void aSessionThatEndedIsSaidAndLeadsBack(BinnacleServer server) {
    ConsolePage page = ConsolePage.signIn(driver, server).open("/api-keys?user=all");
    String token = driver.manage().getCookieNamed("binnacle_session").getValue();
    new Api(server.uri())
        .withHeader("Cookie", "binnacle_session=" + token)
        .withHeader("Origin", server.uri().toString())
        .post("/api/v1/auth/logout", "")
        .expect(204);
    page.press("New key").type("create:name", "too late").click("create:make");
    Await.until("the login", SOON, () -> driver.getCurrentUrl().contains("/login?"));
    assertTrue(page.text("main").contains("session has ended"), page.text("main"));
    new LoginPage(driver, server.uri()).submit("admin", BinnacleServer.ADMIN_PASSWORD);
    Await.until("the page", SOON, () -> driver.getCurrentUrl().endsWith("/api-keys?user=all"));
  }
}
