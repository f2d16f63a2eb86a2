package io.binnacle.security.boundary.faces;

import io.binnacle.platform.boundary.faces.ListAddress;
import io.binnacle.platform.boundary.faces.PageAction;
import io.binnacle.platform.boundary.rest.PathId;
import io.binnacle.platform.entity.ListRequest;
import io.binnacle.platform.entity.Page;
import io.binnacle.security.control.CurrentCaller;
import io.binnacle.security.control.KeyMaking;
import io.binnacle.security.control.KeyMaking.NewKey;
import io.binnacle.security.control.KeyManagement;
import io.binnacle.security.entity.IssuedKey;
import io.binnacle.security.entity.KeyOrder;
import io.binnacle.security.entity.Right;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The API keys of the reader; an administrator may look at everybody's. */
@Named("apiKeys")
@RequestScoped
public class ApiKeysBacking {
  private static final int PAGE = 50;

  @Inject KeyManagement keys;
  @Inject KeyMaking making;
  @Inject CurrentCaller caller;
  @Inject ListAddress list;
  @Inject Clock clock;

  private String id = "";
  private String name = "";
  private List<String> scopes = List.of("ingest", "read");
  private String project = "";
  private int days;
  private @Nullable IssuedKey made;
  private @Nullable Page<IssuedKey> page;

  /** Makes the key of the dialog; its text is only in this answer. */
  public void create() {
    Instant end = days > 0 ? clock.instant().plus(Duration.ofDays(days)) : null;
    String only = project.isBlank() ? null : project.strip();
    PageAction.attempt(
        () -> made = making.create(caller.get(), new NewKey(name, scopes, only, end, null)));
  }

  /** Ends the key of the dialog. */
  public void revoke() {
    if (PageAction.attempt(() -> keys.revoke(caller.get(), PathId.of("API key", id)))) {
      PageAction.goTo(isEverybodys() ? "/api-keys?user=all" : "/api-keys");
    }
  }

  /** The keys of this page of the list. */
  public Page<IssuedKey> getPage() {
    if (page == null) {
      ListRequest wanted = list.shows(KeyOrder.ALL.usual(), "q").chosenBy("user").request(PAGE);
      page =
          isEverybodys() ? keys.everybodys(caller.get(), wanted) : keys.own(caller.get(), wanted);
    }
    return page;
  }

  /** Refuses a cursor or a wish that is not valid. */
  public void load() {
    PageAction.load(this::getPage);
  }

  /** Whether the keys of all users are shown. */
  public boolean isEverybodys() {
    return "all".equals(list.parameter("user")) && caller.get().may(Right.ADMIN);
  }

  /** Whether there is nothing to list at all, so that the page says how to begin. */
  public boolean isWithout() {
    return getPage().items().isEmpty() && !list.isFiltered() && !list.isContinued();
  }

  /** What the reader's role lets a key do. */
  public List<Right> getPossibleScopes() {
    return caller.get().rights().stream().sorted().toList();
  }

  /** Whether a key opens anything now. */
  public boolean isAlive(IssuedKey key) {
    Instant now = clock.instant();
    return key.revokedAt() == null && (key.expiresAt() == null || now.isBefore(key.expiresAt()));
  }

  /** The key that was just made, or null. */
  public @Nullable IssuedKey getMade() {
    return made;
  }

  /** The key that the dialog is about. */
  public String getId() {
    return id;
  }

  public void setId(String id) {
    this.id = id;
  }

  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name;
  }

  public List<String> getScopes() {
    return scopes;
  }

  public void setScopes(List<String> scopes) {
    this.scopes = List.copyOf(scopes);
  }

  public String getProject() {
    return project;
  }

  public void setProject(String project) {
    this.project = project;
  }

  /** Days until the key ends; 0 for never. */
  public int getDays() {
    return days;
  }

  public void setDays(int days) {
    this.days = days;
  }
}
