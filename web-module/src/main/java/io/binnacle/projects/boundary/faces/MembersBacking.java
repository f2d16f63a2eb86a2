package io.binnacle.projects.boundary.faces;

import io.binnacle.platform.boundary.faces.PageAction;
import io.binnacle.platform.boundary.faces.Route;
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

/** Who belongs to the project that the address names. */
@Named("members")
@RequestScoped
public class MembersBacking {
  @Inject ProjectCatalog projects;
  @Inject Members members;
  @Inject ProjectAccess access;
  @Inject CurrentCaller caller;
  @Inject Route route;

  private String name = "";

  /** The members by name. */
  public List<Member> getList() {
    return members.list(scope(Right.READ));
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
