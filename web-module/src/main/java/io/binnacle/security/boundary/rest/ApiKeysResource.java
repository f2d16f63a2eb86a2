package io.binnacle.security.boundary.rest;

import io.binnacle.platform.boundary.rest.Body;
import io.binnacle.platform.boundary.rest.ListParameters;
import io.binnacle.platform.boundary.rest.PathId;
import io.binnacle.platform.entity.ListRequest;
import io.binnacle.platform.entity.Page;
import io.binnacle.security.control.CurrentCaller;
import io.binnacle.security.control.KeyMaking;
import io.binnacle.security.control.KeyMaking.NewKey;
import io.binnacle.security.control.KeyManagement;
import io.binnacle.security.entity.IssuedKey;
import io.binnacle.security.entity.Right;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** The caller's API keys; for administrators everybody's. */
@Path("/v1/api-keys")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RequestScoped
public class ApiKeysResource {
  @Inject KeyManagement keys;
  @Inject KeyMaking making;
  @Inject CurrentCaller caller;

  /**
   * The keys, newest first.
   *
   * @param user {@code all} for the keys of every user, which wants the right {@code admin}
   */
  @GET
  @Requires({Right.READ, Right.ADMIN})
  public Page<IssuedKey> list(
      @QueryParam("user") @Nullable String user, @BeanParam ListParameters parameters) {
    ListRequest wanted = parameters.request();
    return "all".equals(user)
        ? keys.everybodys(caller.get(), wanted)
        : keys.own(caller.get(), wanted);
  }

  /** Makes a key; only this answer shows it. A key that asks needs {@code admin} itself. */
  @POST
  @Requires({Right.READ, Right.ADMIN})
  public Response create(NewKey wanted) {
    IssuedKey made = making.create(caller.get(), Body.required(wanted));
    return Response.created(URI.create("v1/api-keys/" + made.id()))
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .entity(made)
        .build();
  }

  /** Revokes a key: it stops to work within five seconds. */
  @DELETE
  @Path("/{id}")
  @Requires({Right.READ, Right.WRITE, Right.INGEST, Right.ADMIN})
  public void revoke(@PathParam("id") String id) {
    keys.revoke(caller.get(), PathId.of("API key", id));
  }
}
