package io.binnacle.security.boundary.rest;

import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import io.binnacle.security.control.CurrentCaller;
import io.binnacle.security.entity.Right;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.annotation.RegistryScope;

/**
 * What {@code /metrics} shows, for a Prometheus that comes with an API key: Open Liberty answers
 * {@code /metrics} itself and knows nothing of keys.
 */
@Path("/v1/server-metrics")
@RequestScoped
public class ServerMetricsResource {
  @Inject
  @RegistryScope(scope = MetricRegistry.BASE_SCOPE)
  MetricRegistry base;

  @Inject
  @RegistryScope(scope = MetricRegistry.VENDOR_SCOPE)
  MetricRegistry vendor;

  @Inject MetricRegistry application;
  @Inject CurrentCaller caller;

  /** All metrics in the text format of Prometheus; they name projects, so not for everybody. */
  @GET
  @Produces("text/plain; version=0.0.4; charset=utf-8")
  @Requires(Right.READ)
  public String metrics() {
    if (!caller.get().seesAllProjects()) {
      throw ProblemException.of(
          ProblemType.FORBIDDEN, "Send a key of an administrator that is bound to no project.");
    }
    return new MetricsText()
        .with("base", base)
        .with("vendor", vendor)
        .with("application", application)
        .toString();
  }
}
