package io.binnacle.security.boundary.rest;

import io.binnacle.platform.boundary.rest.Body;
import io.binnacle.platform.boundary.rest.ListParameters;
import io.binnacle.platform.boundary.rest.PathId;
import io.binnacle.platform.boundary.rest.VersionTag;
import io.binnacle.platform.entity.Page;
import io.binnacle.platform.entity.SeenVersions;
import io.binnacle.security.control.CurrentCaller;
import io.binnacle.security.control.UserAdministration;
import io.binnacle.security.control.UserAdministration.NewUser;
import io.binnacle.security.control.UserAdministration.UserChange;
import io.binnacle.security.entity.Right;
import io.binnacle.security.entity.User;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** The users, for administrators. */
@Path("/v1/users")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RequestScoped
public class UsersResource {
  @Inject UserAdministration users;
  @Inject CurrentCaller caller;

  /** The users by name. */
  @GET
  @Requires(Right.ADMIN)
  public Page<User> list(@BeanParam ListParameters parameters) {
    return users.list(caller.get(), parameters.request());
  }

  /** Makes a user; a user without a role is a member. */
  @POST
  @Requires(Right.ADMIN)
  public Response create(NewUser wanted) {
    User user = users.create(caller.get(), Body.required(wanted));
    return Response.created(URI.create("v1/users/" + user.id()))
        .header(HttpHeaders.ETAG, VersionTag.of(user.version()))
        .entity(user)
        .build();
  }

  /** One user. */
  @GET
  @Path("/{id}")
  @Requires(Right.ADMIN)
  public Response get(@PathParam("id") String id) {
    return tagged(users.get(caller.get(), PathId.of("user", id)));
  }

  /** Changes what the body names of a user. */
  @PATCH
  @Path("/{id}")
  @Requires(Right.ADMIN)
  public Response change(
      @PathParam("id") String id,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      UserChange wanted) {
    UserChange change = Body.required(wanted);
    SeenVersions seen = VersionTag.required(ifMatch);
    return tagged(users.change(caller.get(), PathId.of("user", id), seen, change));
  }

  /** Removes a user with keys, sessions and memberships. */
  @DELETE
  @Path("/{id}")
  @Requires(Right.ADMIN)
  public void delete(@PathParam("id") String id) {
    users.delete(caller.get(), PathId.of("user", id));
  }

  private static Response tagged(User user) {
    return Response.ok(user).header(HttpHeaders.ETAG, VersionTag.of(user.version())).build();
  }
}
