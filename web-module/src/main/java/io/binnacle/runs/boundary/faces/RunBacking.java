package io.binnacle.runs.boundary.faces;

import io.binnacle.platform.boundary.faces.PageAction;
import io.binnacle.platform.boundary.faces.Route;
import io.binnacle.runs.control.RunAccess;
import io.binnacle.runs.control.RunCatalog;
import io.binnacle.runs.control.RunLifecycle;
import io.binnacle.runs.control.RunRef;
import io.binnacle.runs.entity.RunDetails;
import io.binnacle.runs.entity.RunStatus;
import io.binnacle.runs.entity.RunSummary;
import io.binnacle.security.control.CurrentCaller;
import io.binnacle.security.entity.Right;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The run that the address names. */
@Named("run")
@RequestScoped
public class RunBacking {
  private static final Set<String> TABS = Set.of("overview", "metrics", "logs");

  @Inject RunAccess access;
  @Inject RunCatalog runs;
  @Inject RunLifecycle lifecycle;
  @Inject CurrentCaller caller;
  @Inject Route route;
  @Inject HttpServletRequest request;

  private @Nullable RunSummary summary;
  private String name = "";
  private String tags = "";
  private String notes = "";
  private String shownName = "";
  private String shownTags = "";
  private String shownNotes = "";

  /** Answers with an error page when there is no such run for the reader. */
  public void load() {
    PageAction.load(
        () -> {
          RunSummary run = getSummary();
          RunEdit edit = RunEdit.of(run.name(), run.tags(), run.notes());
          name = shownName = edit.name();
          tags = shownTags = edit.tags();
          notes = shownNotes = edit.notes();
          return run;
        });
  }

  /** The run. */
  public RunSummary getSummary() {
    if (summary == null) {
      summary = runs.get(ref(Right.READ));
    }
    return summary;
  }

  public boolean isRunning() {
    return getSummary().status() == RunStatus.RUNNING;
  }

  /** The tab that the address names. */
  public String getTab() {
    String tab = request.getParameter("tab");
    return tab != null && TABS.contains(tab) ? tab : "overview";
  }

  /** Changes what people may change of a run. */
  public void change() {
    PageAction.attempt(
        () -> {
          RunRef ref = ref(Right.WRITE);
          lifecycle.change(
              caller.get(), ref, new RunLifecycle.Change(this::changed, null, null, null));
          PageAction.goTo(route.addressWithQuery());
        });
  }

  /** Deletes the run with everything that it owns. */
  public void delete() {
    PageAction.attempt(
        () -> {
          String project = getSummary().project();
          lifecycle.delete(caller.get(), ref(Right.WRITE));
          PageAction.goTo("/projects/" + project + "?deleted");
        });
  }

  private RunDetails changed(RunDetails run) {
    RunEdit shown = new RunEdit(shownName, shownTags, shownNotes);
    return new RunEdit(name, tags, notes).over(run, shown);
  }

  private RunRef ref(Right right) {
    return access.open(caller.get(), route.name("run"), right);
  }

  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name;
  }

  /** The tags, one on each line. */
  public String getTags() {
    return tags;
  }

  public void setTags(String tags) {
    this.tags = tags;
  }

  public String getNotes() {
    return notes;
  }

  public void setNotes(String notes) {
    this.notes = notes;
  }

  /** The name that the form was shown with. */
  public String getShownName() {
    return shownName;
  }

  public void setShownName(String shownName) {
    this.shownName = shownName;
  }

  /** The tags that the form was shown with. */
  public String getShownTags() {
    return shownTags;
  }

  public void setShownTags(String shownTags) {
    this.shownTags = shownTags;
  }

  /** The notes that the form was shown with. */
  public String getShownNotes() {
    return shownNotes;
  }

  public void setShownNotes(String shownNotes) {
    this.shownNotes = shownNotes;
  }
}
