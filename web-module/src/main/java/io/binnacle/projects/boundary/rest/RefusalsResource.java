package io.binnacle.projects.boundary.rest;

import io.binnacle.platform.boundary.rest.PageLimit;
import io.binnacle.platform.entity.Page;
import io.binnacle.projects.control.RefusalLedger;
import io.binnacle.projects.entity.ProjectRefusal;
import io.binnacle.security.boundary.rest.Requires;
import io.binnacle.security.control.CurrentCaller;
import io.binnacle.security.entity.Right;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** What was refused, truncated, dropped or skipped, over all projects that the caller sees. */
@Path("/v1/refusals")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class RefusalsResource {
  @Inject RefusalLedger ledger;
  @Inject CurrentCaller caller;

  /** The counters, the one that counted last first. */
  @GET
  @Requires(Right.READ)
  public Page<ProjectRefusal> list(@QueryParam("limit") @Nullable Integer limit) {
    return ledger.newest(caller.get(), PageLimit.of(limit));
  }
}
