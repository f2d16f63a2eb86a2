package io.binnacle.projects.boundary.faces;

import io.binnacle.platform.boundary.faces.PageAction;
import io.binnacle.platform.boundary.faces.Route;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.SeenVersions;
import io.binnacle.projects.control.ProjectCatalog;
import io.binnacle.projects.entity.ProjectSummary;
import io.binnacle.security.control.CurrentCaller;
import io.binnacle.security.entity.Right;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.jspecify.annotations.Nullable;

/** The project that the address names. */
@Named("project")
@RequestScoped
public class ProjectBacking {
  @Inject ProjectCatalog projects;
  @Inject CurrentCaller caller;
  @Inject Route route;

  private @Nullable ProjectSummary summary;
  private String name = "";
  private String description = "";
  private long version;
  private String confirmation = "";

  /** Whether the address names a project. */
  public boolean isNamed() {
    return !route.name("project").isEmpty();
  }

  /** Answers with an error page when there is no such project for the reader. */
  public void load() {
    PageAction.load(
        () -> {
          name = getSummary().name();
          description = getSummary().description();
          version = getSummary().version();
          return summary;
        });
  }

  /** The project. */
  public ProjectSummary getSummary() {
    if (summary == null) {
      summary = projects.get(caller.get(), route.name("project"), Right.READ);
    }
    return summary;
  }

  /** Changes name and description. */
  public void change() {
    String slug = route.name("project");
    SeenVersions seen = SeenVersions.of(version);
    if (PageAction.attempt(
        () ->
            projects.change(
                caller.get(), slug, seen, before -> before.described(name, description)))) {
      PageAction.goTo("/projects/" + slug + "/settings?saved=project");
    }
  }

  /** Deletes the project if its address was typed. */
  public void delete() {
    String slug = route.name("project");
    PageAction.attempt(
        () -> {
          if (!confirmation.strip().equals(slug)) {
            throw ProblemException.field("confirmation", "Type " + slug + " to delete it.");
          }
          projects.delete(caller.get(), slug, SeenVersions.of(version));
          PageAction.goTo("/?deleted");
        });
  }

  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name;
  }

  public String getDescription() {
    return description;
  }

  public void setDescription(String description) {
    this.description = description;
  }

  /** The version that the reader saw. */
  public long getVersion() {
    return version;
  }

  public void setVersion(long version) {
    this.version = version;
  }

  public String getConfirmation() {
    return confirmation;
  }

  public void setConfirmation(String confirmation) {
    this.confirmation = confirmation;
  }
}
