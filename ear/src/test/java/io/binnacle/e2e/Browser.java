package io.binnacle.e2e;

import io.binnacle.it.server.Install;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/** Headless Chromium with a profile of its own. */
public final class Browser implements AutoCloseable {
  private static final List<Path> CHROMIUM =
      List.of(Path.of("/usr/bin/chromium"), Path.of("/usr/bin/chromium-browser"));
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

  /** Width and height of a large and of the smallest screen, in CSS pixels. */
  private static final List<Dimension> SCREENS =
      List.of(new Dimension(1440, 900), new Dimension(360, 740));

  /** The two looks of the console. */
  static final List<String> THEMES = List.of("light", "dark");

  private final Path profile;
  private final ChromeDriver driver;

  private Browser(Path chromium) {
    try {
      profile = Files.createTempDirectory("binnacle-browser");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.toFile());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--user-data-dir=" + profile);
    ChromeDriverService service =
        new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).build();
    driver = new ChromeDriver(service, options);
    driver.manage().timeouts().pageLoadTimeout(Duration.ofSeconds(30));
    driver.manage().timeouts().implicitlyWait(Duration.ofSeconds(5));
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
    resize(SCREENS.get(0));
  }

  /** Whether this machine has what a browser test needs. */
  public static boolean isInstalled() {
    return chromium().isPresent() && Files.isExecutable(DRIVER);
  }

  /** Opens a browser. */
  public static Browser open() {
    return new Browser(chromium().orElseThrow());
  }

  private static Optional<Path> chromium() {
    return CHROMIUM.stream().filter(Files::isExecutable).findFirst();
  }

  /** The browser itself, for page objects. */
  public ChromeDriver driver() {
    return driver;
  }

  /**
   * Takes pictures of the open page, large and small, light and dark, for somebody to look at:
   * {@code ear/target/screenshots/<name>-<theme>-<width>.png}.
   */
  public void photograph(String name) {
    for (String theme : THEMES) {
      wear(theme);
      for (Dimension screen : SCREENS) {
        resize(screen);
        save(name + "-" + theme + "-" + screen.getWidth() + ".png");
      }
    }
    resize(SCREENS.get(0));
  }

  /** Shows the open page in a theme. */
  void wear(String theme) {
    driver.executeScript("document.documentElement.dataset.theme = arguments[0]", theme);
  }

  /** What the browser refused or could not do since the last call, such as an inline style. */
  List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
        .map(LogEntry::getMessage)
        .toList();
  }

  /** Lets requests for these addresses fail (* stands for anything), and no other ones. */
  void block(String... addresses) {
    driver.executeCdpCommand("Network.enable", Map.of());
    driver.executeCdpCommand("Network.setBlockedURLs", Map.of("urls", List.of(addresses)));
  }

  private void resize(Dimension screen) {
    // Emulation, because a window of Chromium is never narrower than 500 pixels.
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of(
            "width",
            screen.getWidth(),
            "height",
            screen.getHeight(),
            "deviceScaleFactor",
            1,
            "mobile",
            false));
  }

  /** Whether the page is wider than the smallest screen: then one must scroll sideways. */
  public boolean overflowsOnSmallScreens() {
    return onSmallScreen(this::overflows);
  }

  /** Does something while the screen is the smallest. */
  <T> T onSmallScreen(Supplier<T> work) {
    resize(SCREENS.get(1));
    try {
      return work.get();
    } finally {
      resize(SCREENS.get(0));
    }
  }

  /** Whether the page is wider than the screen. */
  boolean overflows() {
    return Boolean.TRUE.equals(
        driver.executeScript("return document.documentElement.scrollWidth > window.innerWidth"));
  }

  /** So that no picture shows something on its way. */
  private void awaitStillness() {
    driver.executeAsyncScript(
        "const done = arguments[arguments.length - 1];"
            + "requestAnimationFrame(() => Promise.allSettled("
            + "document.getAnimations().map(a => a.finished)).then(() => done()));");
  }

  private void save(String file) {
    awaitStillness();
    try {
      Path folder = Install.ofThisBuild().target().resolve("screenshots");
      Files.createDirectories(folder);
      Files.write(folder.resolve(file), driver.getScreenshotAs(OutputType.BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    driver.quit();
    try (Stream<Path> files = Files.walk(profile)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
