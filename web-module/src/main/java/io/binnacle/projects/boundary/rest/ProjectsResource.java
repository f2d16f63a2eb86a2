package io.binnacle.projects.boundary.rest;

import io.binnacle.platform.boundary.rest.Body;
import io.binnacle.platform.boundary.rest.JsonFields;
import io.binnacle.platform.boundary.rest.ListParameters;
import io.binnacle.platform.boundary.rest.VersionTag;
import io.binnacle.platform.entity.Page;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.Refusal;
import io.binnacle.platform.entity.SeenVersions;
import io.binnacle.projects.control.ProjectCatalog;
import io.binnacle.projects.control.RefusalLedger;
import io.binnacle.projects.control.ServiceDirectory;
import io.binnacle.projects.entity.ProjectSettings;
import io.binnacle.projects.entity.ProjectSummary;
import io.binnacle.projects.entity.ServiceSummary;
import io.binnacle.security.boundary.rest.Requires;
import io.binnacle.security.control.CurrentCaller;
import io.binnacle.security.control.Members;
import io.binnacle.security.control.ProjectAccess;
import io.binnacle.security.entity.Member;
import io.binnacle.security.entity.ProjectScope;
import io.binnacle.security.entity.Right;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Projects, who belongs to them, and their services. */
@Path("/v1/projects")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RequestScoped
public class ProjectsResource {
  private static final Set<String> NEW = Set.of("slug", "name", "description");
  private static final Set<String> CHANGE =
      Set.of("name", "description", "retention_days", "retention_bytes", "stream_bytes");

  @Inject ProjectCatalog projects;
  @Inject RefusalLedger ledger;
  @Inject ServiceDirectory services;
  @Inject Members members;
  @Inject ProjectAccess access;
  @Inject CurrentCaller caller;

  /** The projects that the caller sees, by slug. */
  @GET
  @Requires({Right.READ, Right.INGEST})
  public Page<ProjectSummary> list(@BeanParam ListParameters parameters) {
    return projects.list(caller.get(), parameters.request());
  }

  /** Creates a project. */
  @POST
  @Requires(Right.WRITE)
  public Response create(JsonObject body) {
    JsonFields fields = new JsonFields(Body.required(body)).only(NEW);
    String slug = fields.text("slug");
    if (slug == null) {
      throw ProblemException.field("slug", "A project needs a slug.");
    }
    ProjectSummary made =
        projects.create(caller.get(), slug, fields.text("name"), fields.text("description"));
    return Response.created(URI.create("v1/projects/" + made.slug()))
        .header(HttpHeaders.ETAG, VersionTag.of(made.version()))
        .entity(made)
        .build();
  }

  /** One project. */
  @GET
  @Path("/{project}")
  @Requires({Right.READ, Right.INGEST})
  public Response get(@PathParam("project") String project) {
    return tagged(
        projects.get(
            caller.get(), project, caller.get().may(Right.READ) ? Right.READ : Right.INGEST));
  }

  /** Changes a project; fields that are absent stay as they are. */
  @PATCH
  @Path("/{project}")
  @Requires(Right.WRITE)
  public Response change(
      @PathParam("project") String project,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      JsonObject body) {
    JsonFields fields = new JsonFields(Body.required(body)).only(CHANGE);
    SeenVersions seen = VersionTag.required(ifMatch);
    return tagged(projects.change(caller.get(), project, seen, before -> over(before, fields)));
  }

  private static ProjectSettings over(ProjectSettings before, JsonFields fields) {
    String name = fields.text("name", before.name());
    String description = fields.text("description", before.description());
    return new ProjectSettings(
        name == null ? before.name() : name,
        description == null ? "" : description,
        fields.has("retention_days")
            ? fields.smallNumber("retention_days")
            : before.retentionDays(),
        fields.has("retention_bytes") ? fields.number("retention_bytes") : before.retentionBytes(),
        fields.has("stream_bytes") ? fields.number("stream_bytes") : before.streamBytes());
  }

  /** Deletes a project with everything in it. */
  @DELETE
  @Path("/{project}")
  @Requires(Right.WRITE)
  public void delete(
      @PathParam("project") String project,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
    projects.delete(caller.get(), project, VersionTag.required(ifMatch));
  }

  /** What was refused, truncated, dropped or skipped. */
  @GET
  @Path("/{project}/refusals")
  @Requires(Right.READ)
  public Page<Refusal> refusals(@PathParam("project") String project) {
    return Page.whole(ledger.ofProject(caller.get(), project));
  }

  /** The services. */
  @GET
  @Path("/{project}/services")
  @Requires(Right.READ)
  public Page<ServiceSummary> services(
      @PathParam("project") String project, @BeanParam ListParameters parameters) {
    return services.list(scope(project, Right.READ), parameters.request());
  }

  /** Creates a service, or answers with the one that is there. */
  @POST
  @Path("/{project}/services")
  @Requires(Right.WRITE)
  public ServiceSummary createService(@PathParam("project") String project, JsonObject body) {
    String name = new JsonFields(Body.required(body)).only(Set.of("name")).text("name");
    if (name == null) {
      throw ProblemException.field("name", "A service needs a name.");
    }
    return services.findOrCreate(scope(project, Right.WRITE), name);
  }

  /** The members. */
  @GET
  @Path("/{project}/members")
  @Requires(Right.READ)
  public Page<Member> members(@PathParam("project") String project) {
    return Page.whole(members.list(scope(project, Right.READ)));
  }

  /** One member. */
  @GET
  @Path("/{project}/members/{user}")
  @Requires(Right.READ)
  public Member member(@PathParam("project") String project, @PathParam("user") String user) {
    return members.get(scope(project, Right.READ), user);
  }

  /** Makes a user a member. */
  @PUT
  @Path("/{project}/members/{user}")
  @Consumes(MediaType.WILDCARD)
  @Requires(Right.WRITE)
  public Member addMember(@PathParam("project") String project, @PathParam("user") String user) {
    return members.put(caller.get(), scope(project, Right.WRITE), user);
  }

  /** Takes a user out. */
  @DELETE
  @Path("/{project}/members/{user}")
  @Requires(Right.WRITE)
  public void removeMember(@PathParam("project") String project, @PathParam("user") String user) {
    members.remove(caller.get(), scope(project, Right.WRITE), user);
  }

  private ProjectScope scope(String project, Right right) {
    long id = Long.parseLong(projects.get(caller.get(), project, right).id());
    return access.scope(caller.get(), id, right);
  }

  private static Response tagged(ProjectSummary project) {
    return Response.ok(project).header(HttpHeaders.ETAG, VersionTag.of(project.version())).build();
  }
}
