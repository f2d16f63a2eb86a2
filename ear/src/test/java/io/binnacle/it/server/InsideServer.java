package io.binnacle.it.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Lays out the server that Arquillian starts for tests that run inside it: the one install, the
 * real {@code server.xml}, and data of its own. JUnit calls it inside, too, where nothing is to do.
 */
public final class InsideServer implements BeforeAllCallback {
  private static final String SERVER = "inside";
  private static final String PORT = "binnacle.inside.port";

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    boolean outside = System.getProperty("binnacle.it.repository") != null;
    if (outside && System.getProperty(PORT) == null) {
      System.setProperty(PORT, Integer.toString(Ports.free()));
      layOut(Install.ofThisBuild());
    }
  }

  private static void layOut(Install install) throws IOException {
    Path directory = install.target().resolve("it").resolve(SERVER);
    BinnacleServer.delete(directory);
    Path user = directory.resolve("usr");
    Path server = user.resolve("servers").resolve(SERVER);
    install.layOutBesideApplications(user, server);
    Path configuration = server.resolve("server.xml");
    Files.writeString(configuration, adapted(Files.readString(configuration)));
    Files.writeString(
        server.resolve("bootstrap.properties"),
        String.join(
            "\n",
            "http.host=127.0.0.1",
            "http.port=" + System.getProperty(PORT),
            "binnacle.data.dir=" + directory.resolve("data"),
            "binnacle.log.dir=" + directory.resolve("logs"),
            ""));
    System.setProperty("binnacle.inside.wlp", install.target().resolve("server/wlp").toString());
    System.setProperty("binnacle.inside.usr", user.toString());
  }

  /** Without the application, which the tests bring, and with what Arquillian needs to bring it. */
  private static String adapted(String configuration) {
    return configuration
        .replaceFirst(
            "(?s)<enterpriseApplication .*</enterpriseApplication>",
            "<applicationMonitor updateTrigger=\"mbean\"/>")
        .replaceFirst(
            "</featureManager>", "  <feature>localConnector-1.0</feature>\n  </featureManager>");
  }
}
