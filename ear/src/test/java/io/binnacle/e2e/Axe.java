package io.binnacle.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.openqa.selenium.chrome.ChromeDriver;

/** Checks a page against WCAG 2 A and AA. */
final class Axe {
  private static final String SCRIPT = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";
  private static final String RUN =
      """
      const done = arguments[arguments.length - 1];
      axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']}).then(
        result => done(result.violations.map(v =>
          v.id + ': ' + v.help + ' at ' + v.nodes.map(n => n.target.join(' ')).join(', '))),
        failure => done(['axe failed: ' + failure]));
      """;

  private Axe() {}

  /** What is wrong with the open page; nothing if it is empty. */
  @SuppressWarnings("unchecked")
  static List<String> violations(ChromeDriver driver) {
    driver.executeScript(source());
    return (List<String>) driver.executeAsyncScript(RUN);
  }

  private static String source() {
    try (InputStream in = Axe.class.getResourceAsStream(SCRIPT)) {
      if (in == null) {
        throw new IllegalStateException(SCRIPT + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
