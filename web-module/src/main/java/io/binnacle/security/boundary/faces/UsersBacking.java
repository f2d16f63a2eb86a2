package io.binnacle.security.boundary.faces;

import io.binnacle.platform.boundary.faces.ListAddress;
import io.binnacle.platform.boundary.faces.PageAction;
import io.binnacle.platform.boundary.rest.PathId;
import io.binnacle.platform.entity.Page;
import io.binnacle.platform.entity.SeenVersions;
import io.binnacle.security.control.CurrentCaller;
import io.binnacle.security.control.UserAdministration;
import io.binnacle.security.control.UserAdministration.NewUser;
import io.binnacle.security.control.UserAdministration.UserChange;
import io.binnacle.security.entity.Role;
import io.binnacle.security.entity.User;
import io.binnacle.security.entity.UserOrder;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The users, for administrators. */
@Named("users")
@RequestScoped
public class UsersBacking {
  private static final int PAGE = 100;

  @Inject UserAdministration users;
  @Inject CurrentCaller caller;
  @Inject ListAddress list;

  private String id = "";
  private String name = "";
  private String displayName = "";
  private String password = "";
  private Role role = Role.MEMBER;
  private boolean disabled;
  private long version;
  private @Nullable Page<User> page;

  /** Makes the user of the dialog. */
  public void create() {
    String shown = displayName.isBlank() ? null : displayName;
    done(() -> users.create(caller.get(), new NewUser(name, shown, password, role, null)));
  }

  /** Changes the user of the dialog; an empty password stays as it was. */
  public void change() {
    String newPassword = password.isEmpty() ? null : password;
    done(
        () ->
            users.change(
                caller.get(),
                PathId.of("user", id),
                SeenVersions.of(version),
                new UserChange(displayName, newPassword, role, null)));
  }

  /** Keeps the user of the form out, or lets the user in again: as the page said it would. */
  public void admit() {
    done(
        () ->
            users.change(
                caller.get(),
                PathId.of("user", id),
                SeenVersions.ANY,
                new UserChange(null, null, null, disabled)));
  }

  /** Removes the user of the dialog. */
  public void delete() {
    done(() -> users.delete(caller.get(), PathId.of("user", id)));
  }

  private void done(Runnable work) {
    if (PageAction.attempt(work)) {
      PageAction.goTo("/users");
    }
  }

  /** The users of this page of the list. */
  public Page<User> getPage() {
    if (page == null) {
      page = users.list(caller.get(), list.shows(UserOrder.ALL.usual(), "q").request(PAGE));
    }
    return page;
  }

  /** Refuses a cursor that is not valid. */
  public void load() {
    PageAction.load(this::getPage);
  }

  public List<Role> getRoles() {
    return List.of(Role.values());
  }

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

  public String getDisplayName() {
    return displayName;
  }

  public void setDisplayName(String displayName) {
    this.displayName = displayName;
  }

  /** Never shown again. */
  public String getPassword() {
    return "";
  }

  public void setPassword(String password) {
    this.password = password;
  }

  public Role getRole() {
    return role;
  }

  public void setRole(Role role) {
    this.role = role;
  }

  /** Whether the user is to be kept out. */
  public boolean isDisabled() {
    return disabled;
  }

  public void setDisabled(boolean disabled) {
    this.disabled = disabled;
  }

  /** The version that the reader saw of the user whom the dialog changes. */
  public long getVersion() {
    return version;
  }

  public void setVersion(long version) {
    this.version = version;
  }
}
