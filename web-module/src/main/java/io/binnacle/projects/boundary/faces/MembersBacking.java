package io.binnacle.projects.boundary.faces;

import io.binnacle.platform.boundary.faces.ListAddress;
import io.binnacle.platform.boundary.faces.PageAction;
import io.binnacle.platform.boundary.faces.Route;
import io.binnacle.platform.boundary.faces.SmallList;
import io.binnacle.projects.control.ProjectCatalog;
import io.binnacle.security.control.CurrentCaller;
import io.binnacle.security.control.Members;
import io.binnacle.security.control.ProjectAccess;
import io.binnacle.security.entity.Member;
import io.binnacle.security.entity.ProjectScope;
import io.binnacle.security.entity.Right;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who belongs to the project that the address names. */
@Named("members")
@RequestScoped
public class MembersBacking {
  private final SmallList<Member> table =
      new SmallList<Member>("name", one -> one.user().name() + " " + one.user().displayName())
          .by("name", one -> one.user().name())
          .by("since", Member::addedAt);

  @Inject ProjectCatalog projects;
  @Inject Members members;
  @Inject ProjectAccess access;
  @Inject CurrentCaller caller;
  @Inject Route route;
  @Inject ListAddress list;

  private @Nullable List<Member> all;
  private String name = "";

  /** The members, as the address wants them. */
  public List<Member> getShown() {
    return table.of(getAll(), list);
  }

  /** Refuses an order that there is not. */
  public void load() {
    PageAction.load(this::getShown);
  }

  /** Whether the project has no members. */
  public boolean isWithout() {
    return getAll().isEmpty();
  }

  private List<Member> getAll() {
    if (all == null) {
      all = members.list(scope(Right.READ));
    }
    return all;
  }

  /** Makes the user a member whose login was typed. */
  public void add() {
    done(() -> members.put(caller.get(), scope(Right.WRITE), name.strip()));
  }

  /** Takes the user of the dialog out of the project. */
  public void remove() {
    done(() -> members.remove(caller.get(), scope(Right.WRITE), name));
  }

  private void done(Runnable work) {
    if (PageAction.attempt(work)) {
      PageAction.goTo(route.address());
    }
  }

  private ProjectScope scope(Right right) {
    String id = projects.get(caller.get(), route.name("project"), right).id();
    return access.scope(caller.get(), Long.parseLong(id), right);
  }

  /** The login of the user of the form. */
  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name;
  }
}
