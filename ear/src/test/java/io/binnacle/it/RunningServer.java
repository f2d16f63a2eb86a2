package io.binnacle.it;

import io.binnacle.it.http.Api;
import io.binnacle.it.server.BinnacleServer;
import io.binnacle.it.server.ServerOptions;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the one server that they share, started for the first of them and stopped after the
 * last. Parameters: {@link BinnacleServer}, or {@link Api} with the admin's key. Tests make their
 * own projects and leave the server as healthy as they found it.
 */
public final class RunningServer implements ParameterResolver {
  private static final Namespace SPACE = Namespace.create(RunningServer.class);

  /** Stops the server when JUnit closes its root store. */
  private record Shared(BinnacleServer server) implements AutoCloseable {
    @Override
    public void close() {
      server.close();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == Api.class || type == BinnacleServer.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    BinnacleServer server = shared(context);
    return parameter.getParameter().getType() == Api.class ? server.api() : server;
  }

  private static BinnacleServer shared(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(SPACE)
        .getOrComputeIfAbsent(
            Shared.class,
            unused ->
                new Shared(
                    new BinnacleServer(
                        ServerOptions.named(System.getProperty("binnacle.it.shared"))
                            .with(Database.fresh())
                            .with("BINNACLE_LOGS_RETENTION_SECONDS", "1"))),
            Shared.class)
        .server();
  }
}
