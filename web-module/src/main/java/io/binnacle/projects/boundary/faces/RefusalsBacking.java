package io.binnacle.projects.boundary.faces;

import io.binnacle.platform.boundary.faces.ListAddress;
import io.binnacle.platform.boundary.faces.PageAction;
import io.binnacle.platform.boundary.faces.Route;
import io.binnacle.platform.boundary.faces.SmallList;
import io.binnacle.platform.entity.Page;
import io.binnacle.platform.entity.Refusal;
import io.binnacle.projects.control.RefusalLedger;
import io.binnacle.projects.entity.ProjectRefusal;
import io.binnacle.security.control.CurrentCaller;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The ledger of what was not stored as it was sent, of one project or of all. */
@Named("refusals")
@RequestScoped
public class RefusalsBacking {
  private static final int PAGE = 500;

  /** What the codes of the API mean to people. */
  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry("truncated", "Too long, cut at the limit"),
          Map.entry("batch_malformed_body", "Batches that could not be read"),
          Map.entry("batch_body_too_large", "Batches beyond the limit in bytes"),
          Map.entry("batch_too_many_items", "Batches of too many items"),
          Map.entry("batch_invalid_field", "Batches with a field that is not valid"),
          Map.entry("batch_too_many_requests", "Batches sent while the queue was full"),
          Map.entry("batch_storage_full", "Batches sent while the disk was full"),
          Map.entry("batch_unavailable", "Batches sent while the database was away"),
          Map.entry("batch_run_deleted", "Batches for what was deleted"),
          Map.entry("batch_conflict", "Batches with the number of another"),
          Map.entry("batch_never_arrived", "Batches that never arrived"),
          Map.entry("expired", "Rolled off by retention"),
          Map.entry("damaged_segment", "Damaged on disk, skipped when read"));

  private final SmallList<ProjectRefusal> table =
      new SmallList<ProjectRefusal>("-last_at", this::textOf)
          .by("project", ProjectRefusal::project)
          .by("kind", ProjectRefusal::kind)
          .by("reason", one -> words(one.reason()))
          .by("total", ProjectRefusal::total)
          .by("last_at", ProjectRefusal::lastAt);

  @Inject RefusalLedger ledger;
  @Inject CurrentCaller caller;
  @Inject Route route;
  @Inject ListAddress list;

  private @Nullable Page<ProjectRefusal> newest;

  /** The counters of all projects that the reader sees, as the address wants them. */
  public List<ProjectRefusal> getShown() {
    return table.of(getAll(), list);
  }

  /** Refuses an order that there is not. */
  public void load() {
    PageAction.load(this::getShown);
  }

  /** Whether nothing was ever refused. */
  public boolean isWithout() {
    return getAll().isEmpty();
  }

  /** Whether there are more counters than the page looks at. */
  public boolean isCut() {
    return !getNewest().totalExact();
  }

  private List<ProjectRefusal> getAll() {
    return getNewest().items();
  }

  private Page<ProjectRefusal> getNewest() {
    if (newest == null) {
      newest = ledger.newest(caller.get(), PAGE);
    }
    return newest;
  }

  private String textOf(ProjectRefusal one) {
    return one.project() + " " + one.kind() + " " + one.reason() + " " + words(one.reason());
  }

  /** The counters of the project that the address names. */
  public List<Refusal> getOfProject() {
    return ledger.ofProject(caller.get(), route.name("project"));
  }

  /** A reason as people read it. */
  public String words(String reason) {
    String known = WORDS.get(reason);
    if (known != null) {
      return known;
    }
    String spaced = reason.replace('_', ' ');
    return spaced.isEmpty() ? "" : Character.toUpperCase(spaced.charAt(0)) + spaced.substring(1);
  }
}
