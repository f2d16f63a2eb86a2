package io.binnacle.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/configuration.md} names every variable with its default, and no other. */
class ConfigurationTest {
  private static final Pattern DOCUMENTED =
      Pattern.compile("(?m)^\\| `([a-z.-]+)` \\| (?:`([^`]*)`|\\(empty\\)|\\(none\\)) \\|");
  private static final Pattern SERVER_VARIABLE =
      Pattern.compile("<variable name=\"([^\"]+)\" defaultValue=\"([^\"]*)\"/>");
  private static final Pattern PROPERTY =
      Pattern.compile(
          "@ConfigProperty\\(\\s*name = \"([^\"]+)\"(?:,\\s*defaultValue = \"([^\"]*)\")?");

  @Test
  void theDocumentNamesEveryVariableWithItsDefault() throws IOException {
    Map<String, String> documented = new TreeMap<>();
    find(DOCUMENTED, House.repository().resolve("docs/configuration.md"), documented);
    Map<String, String> used = new TreeMap<>();
    for (String module : House.MODULES) {
      sources(module).forEach(source -> find(PROPERTY, source, used));
    }
    // A default in server.xml wins over one in the sources.
    find(SERVER_VARIABLE, House.repository().resolve("server.xml"), used);
    assertEquals(lines(used), lines(documented));
  }

  private static void find(Pattern pattern, Path file, Map<String, String> found) {
    try {
      Matcher matcher = pattern.matcher(Files.readString(file));
      while (matcher.find()) {
        found.put(matcher.group(1), matcher.group(2) == null ? "" : matcher.group(2));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> sources(String module) throws IOException {
    Path root = House.repository().resolve(module).resolve("src/main/java");
    try (Stream<Path> paths = Files.walk(root)) {
      return paths.filter(path -> path.toString().endsWith(".java")).toList().stream();
    }
  }

  private static String lines(Map<String, String> variables) {
    StringBuilder text = new StringBuilder();
    variables.forEach((name, value) -> text.append(name).append('=').append(value).append('\n'));
    return text.toString();
  }
}
