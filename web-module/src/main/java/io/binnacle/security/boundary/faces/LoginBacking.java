package io.binnacle.security.boundary.faces;

import io.binnacle.platform.boundary.faces.PageAction;
import io.binnacle.security.boundary.http.SessionCookie;
import io.binnacle.security.control.CurrentCaller;
import io.binnacle.security.control.Login;
import io.binnacle.security.control.SessionPolicy;
import io.binnacle.security.control.Sessions;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Signs users in and out. */
@Named("login")
@RequestScoped
public class LoginBacking {
  @Inject Login login;
  @Inject Sessions sessions;
  @Inject SessionPolicy policy;
  @Inject CurrentCaller caller;
  @Inject HttpServletRequest request;

  private String name = "";
  private String password = "";

  /** Begins a session and leads to the page that was asked for first. */
  public void signIn() {
    PageAction.attempt(
        () -> {
          String agent = Objects.requireNonNullElse(request.getHeader("User-Agent"), "");
          String token = login.login(name, password, request.getRemoteAddr(), agent);
          SessionCookie.set(request, response(), token, policy.longest());
          PageAction.goTo(localAddress(request.getParameter("next")));
        });
  }

  /** Ends the session. */
  public void signOut() {
    caller.find().ifPresent(sessions::end);
    SessionCookie.clear(request, response());
    PageAction.goTo("/login");
  }

  /** Only a path of this console: an address of another site would make the login its lure. */
  static String localAddress(@Nullable String next) {
    if (next == null) {
      return "/";
    }
    boolean local =
        next.startsWith("/")
            && !next.startsWith("//")
            && !next.contains("\\")
            && next.chars().noneMatch(Character::isISOControl);
    return local ? next : "/";
  }

  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name;
  }

  /** Never shown again. */
  public String getPassword() {
    return "";
  }

  public void setPassword(String password) {
    this.password = password;
  }

  private static HttpServletResponse response() {
    return (HttpServletResponse)
        FacesContext.getCurrentInstance().getExternalContext().getResponse();
  }
}
