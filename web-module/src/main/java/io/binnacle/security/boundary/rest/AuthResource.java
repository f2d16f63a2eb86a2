package io.binnacle.security.boundary.rest;

import io.binnacle.security.control.CurrentCaller;
import io.binnacle.security.entity.Caller;
import io.binnacle.security.entity.Right;
import io.binnacle.security.entity.Role;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who the caller is. */
@Path("/v1/auth")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class AuthResource {
  @Inject CurrentCaller currentCaller;

  /** The answer of {@code GET /api/v1/auth/me}. */
  public record Me(Person user, List<String> rights, @Nullable Key key) {}

  /** The user that the caller is or acts for. */
  public record Person(String id, String name, String displayName, Role role) {}

  /** The key by which the caller came. */
  public record Key(String id, String name, String prefix) {}

  /** Says who the caller is and what the request may do. */
  @GET
  @Path("/me")
  @Requires({Right.INGEST, Right.READ, Right.WRITE, Right.ADMIN})
  public Me me() {
    Caller caller = currentCaller.get();
    return new Me(
        new Person(
            Long.toString(caller.userId()), caller.userName(), caller.displayName(), caller.role()),
        caller.rights().stream().sorted().map(Right::code).toList(),
        null);
  }
}
