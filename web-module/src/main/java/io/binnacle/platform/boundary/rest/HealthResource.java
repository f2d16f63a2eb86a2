package io.binnacle.platform.boundary.rest;

import io.binnacle.platform.control.BuildInfo;
import io.binnacle.security.boundary.rest.OpenToAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Whether the API answers, and which build it is. */
@Path("/health")
@Produces(MediaType.APPLICATION_JSON)
public class HealthResource {
  /**
   * The answer of {@code GET /api/health}.
   *
   * @param status always {@code UP}: a server that is down does not answer
   */
  public record Health(String status, String version, String commit, String builtAt) {}

  /** Says that the API answers. */
  @GET
  @OpenToAll(because = "load balancers and the start script ask before anybody can log in")
  public Health health() {
    BuildInfo build = BuildInfo.current();
    return new Health("UP", build.version(), build.commit(), build.builtAt());
  }
}
