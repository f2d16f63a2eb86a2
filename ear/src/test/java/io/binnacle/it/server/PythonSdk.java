package io.binnacle.it.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Python scripts that use the SDK of these sources, and send to a server under test. */
public final class PythonSdk {
  private PythonSdk() {}

  /**
   * A script, not started yet. Its spool is its own.
   *
   * @param code the script itself
   */
  public static ProcessBuilder script(BinnacleServer server, String code, String... arguments) {
    List<String> command = new ArrayList<>(List.of("python3", "-c", code));
    command.addAll(List.of(arguments));
    return sending(server, new ProcessBuilder(command));
  }

  /** What compares the server with the one that the SDK's own tests use; not started yet. */
  public static ProcessBuilder comparison(BinnacleServer server) {
    Path script = sdk().resolve("tests/compare_servers.py");
    return sending(server, new ProcessBuilder("python3", script.toString()));
  }

  private static ProcessBuilder sending(BinnacleServer server, ProcessBuilder python) {
    Map<String, String> environment = python.environment();
    environment.put("PYTHONPATH", sdk().resolve("src").toString());
    environment.put("PYTHONDONTWRITEBYTECODE", "1");
    environment.put("BINNACLE_URL", server.uri().toString());
    environment.put("BINNACLE_API_KEY", server.adminKey());
    environment.put(
        "BINNACLE_SPOOL_DIR", server.data().resolve("spool-" + UUID.randomUUID()).toString());
    return python.redirectError(ProcessBuilder.Redirect.INHERIT);
  }

  private static Path sdk() {
    return Install.ofThisBuild().repository().resolve("clients/python");
  }
}
