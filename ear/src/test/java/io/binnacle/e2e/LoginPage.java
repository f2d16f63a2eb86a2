package io.binnacle.e2e;

import java.net.URI;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;

/** The page on which one logs in. */
final class LoginPage {
  private final ChromeDriver driver;
  private final URI server;

  LoginPage(ChromeDriver driver, URI server) {
    this.driver = driver;
    this.server = server;
  }

  /** Opens it. */
  LoginPage open() {
    driver.get(server + "/login");
    return this;
  }

  /** Sends the form. */
  void submit(String name, String password) {
    driver.findElement(By.id("form:name")).clear();
    driver.findElement(By.id("form:name")).sendKeys(name);
    driver.findElement(By.id("form:password")).sendKeys(password);
    driver.findElement(By.id("form:enter")).click();
  }

  /** What it says about the last try. */
  String message() {
    return driver.findElement(By.cssSelector("[role=alert]")).getText();
  }
}
