package io.binnacle.security.boundary.rest;

import io.binnacle.platform.boundary.rest.Body;
import io.binnacle.platform.boundary.rest.PathId;
import io.binnacle.platform.entity.Page;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import io.binnacle.security.boundary.http.SameOrigin;
import io.binnacle.security.boundary.http.SessionCookie;
import io.binnacle.security.control.CurrentCaller;
import io.binnacle.security.control.KeyManagement;
import io.binnacle.security.control.Login;
import io.binnacle.security.control.PasswordChange;
import io.binnacle.security.control.SessionPolicy;
import io.binnacle.security.control.Sessions;
import io.binnacle.security.entity.Caller;
import io.binnacle.security.entity.Right;
import io.binnacle.security.entity.Role;
import io.binnacle.security.entity.Session;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Who the caller is, and the console's sessions. */
@Path("/v1/auth")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RequestScoped
public class AuthResource {
  @Inject CurrentCaller currentCaller;
  @Inject KeyManagement keys;
  @Inject Login login;
  @Inject Sessions sessions;
  @Inject SessionPolicy policy;
  @Inject PasswordChange passwordChange;
  @Context HttpServletRequest request;
  @Context HttpServletResponse response;

  /** The answer of {@code GET /api/v1/auth/me}; without a key for a session. */
  public record Me(Person user, List<String> rights, @Nullable Key key) {}

  /** The user that the caller is or acts for. */
  public record Person(String id, String name, String displayName, Role role) {}

  /** The key by which the caller came. */
  public record Key(String id, String name, String prefix) {}

  /** Name and password. */
  public record Passport(@Nullable String name, @Nullable String password) {}

  /** The present password and the one in its place. */
  public record NewPassword(@Nullable String current, @Nullable String password) {}

  /** Says who the caller is and what the request may do. */
  @GET
  @Path("/me")
  @Requires({Right.INGEST, Right.READ, Right.WRITE, Right.ADMIN})
  public Me me() {
    Caller caller = currentCaller.get();
    Person person =
        new Person(
            Long.toString(caller.userId()), caller.userName(), caller.displayName(), caller.role());
    Key key = keys.usedBy(caller).map(k -> new Key(k.id(), k.name(), k.prefix())).orElse(null);
    return new Me(person, caller.rights().stream().sorted().map(Right::code).toList(), key);
  }

  /** Begins a session, whose token goes into a cookie. */
  @POST
  @Path("/login")
  @OpenToAll(because = "nobody is logged in before; failures are slowed down")
  public void login(Passport passport) {
    if (request.getHeader("Origin") != null && !SameOrigin.holds(request)) {
      throw ProblemException.of(ProblemType.CSRF, "Logins are taken only from Binnacle itself.");
    }
    String token =
        login.login(
            Objects.requireNonNullElse(Body.required(passport).name(), ""),
            Objects.requireNonNullElse(passport.password(), ""),
            request.getRemoteAddr(),
            Objects.requireNonNullElse(request.getHeader("User-Agent"), ""));
    SessionCookie.set(request, response, token, policy.longest());
  }

  /** Ends the session of this request. */
  @POST
  @Path("/logout")
  @Requires({Right.INGEST, Right.READ, Right.WRITE, Right.ADMIN})
  public void logout() {
    sessions.end(currentCaller.get());
    SessionCookie.clear(request, response);
  }

  /** The living sessions of the caller's user, newest first. */
  @GET
  @Path("/sessions")
  @Requires({Right.READ, Right.ADMIN})
  public Page<Session> sessions() {
    return Page.whole(sessions.of(currentCaller.get()));
  }

  /** Ends one of the sessions of the caller's user. */
  @DELETE
  @Path("/sessions/{id}")
  @Requires({Right.READ, Right.ADMIN})
  public void endSession(@PathParam("id") String id) {
    Caller caller = currentCaller.get();
    requireSession(caller);
    sessions.end(caller, PathId.of("session", id));
  }

  /** Changes the caller's own password and ends all of the user's sessions. */
  @PUT
  @Path("/password")
  @Requires({Right.READ, Right.ADMIN})
  public void changePassword(NewPassword wanted) {
    Caller caller = currentCaller.get();
    requireSession(caller);
    passwordChange.change(
        caller,
        Objects.requireNonNullElse(Body.required(wanted).current(), ""),
        Objects.requireNonNullElse(wanted.password(), ""),
        request.getRemoteAddr());
  }

  /** A key is for programs: it must not lock its user out of the console. */
  private static void requireSession(Caller caller) {
    if (caller.sessionId() == null) {
      throw ProblemException.of(ProblemType.FORBIDDEN, "This is for console sessions, not keys.");
    }
  }
}
