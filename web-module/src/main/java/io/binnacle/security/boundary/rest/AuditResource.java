package io.binnacle.security.boundary.rest;

import io.binnacle.platform.boundary.http.JsonText;
import io.binnacle.platform.boundary.rest.PageLimit;
import io.binnacle.platform.entity.Page;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.Times;
import io.binnacle.security.control.AuditTrail;
import io.binnacle.security.control.CurrentCaller;
import io.binnacle.security.entity.AuditQuery;
import io.binnacle.security.entity.AuditRecord;
import io.binnacle.security.entity.Right;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The audit trail, for administrators. */
@Path("/v1/audit")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class AuditResource {
  @Inject AuditTrail trail;
  @Inject CurrentCaller caller;

  /** Who made a change; the name is absent when the user is gone. */
  public record Actor(String id, @Nullable String name) {}

  /** An entry; the user is absent for the server's own changes. */
  public record Entry(
      String id,
      Instant at,
      @Nullable Actor user,
      @Nullable String keyId,
      @Nullable String projectId,
      String action,
      String objectType,
      String objectId,
      @Nullable JsonText before,
      @Nullable JsonText after,
      @Nullable String requestId) {}

  /** The entries that match every given filter, newest first. */
  @GET
  @Requires(Right.ADMIN)
  public Page<Entry> list(
      @QueryParam("project_id") @Nullable String projectId,
      @QueryParam("user_id") @Nullable String userId,
      @QueryParam("action") @Nullable String action,
      @QueryParam("object_type") @Nullable String objectType,
      @QueryParam("object_id") @Nullable String objectId,
      @QueryParam("user") @Nullable String userName,
      @QueryParam("since") @Nullable String since,
      @QueryParam("until") @Nullable String until,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @Nullable Integer limit) {
    AuditQuery wanted =
        new AuditQuery(
            id("project_id", projectId),
            id("user_id", userId),
            action,
            objectType,
            objectId,
            userName,
            time("since", since),
            time("until", until));
    return trail.page(caller.get(), wanted, cursor, PageLimit.of(limit)).map(AuditResource::entry);
  }

  private static @Nullable Long id(String field, @Nullable String text) {
    try {
      return text == null ? null : Long.valueOf(text);
    } catch (NumberFormatException e) {
      throw ProblemException.field(field, "Expected an id.");
    }
  }

  private static @Nullable Instant time(String field, @Nullable String text) {
    return text == null ? null : Times.instant(Times.parse(field, text));
  }

  private static Entry entry(AuditRecord audit) {
    return new Entry(
        audit.id(),
        audit.at(),
        audit.userId() == null ? null : new Actor(audit.userId(), audit.userName()),
        audit.keyId(),
        audit.projectId(),
        audit.action(),
        audit.objectType(),
        audit.objectId(),
        parsed(audit.before()),
        parsed(audit.after()),
        audit.requestId());
  }

  private static @Nullable JsonText parsed(@Nullable String json) {
    return json == null ? null : new JsonText(json);
  }
}
