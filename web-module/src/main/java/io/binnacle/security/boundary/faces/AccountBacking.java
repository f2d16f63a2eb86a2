package io.binnacle.security.boundary.faces;

import io.binnacle.platform.boundary.faces.PageAction;
import io.binnacle.platform.boundary.rest.PathId;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.security.boundary.http.SessionCookie;
import io.binnacle.security.control.CurrentCaller;
import io.binnacle.security.control.PasswordChange;
import io.binnacle.security.control.Sessions;
import io.binnacle.security.entity.Session;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The reader's own password and sessions. */
@Named("account")
@RequestScoped
public class AccountBacking {
  /** What browsers call themselves, the pretenders last: all claim to be Safari. */
  private static final List<Map.Entry<String, String>> BROWSERS =
      List.of(
          Map.entry("Edg/", "Edge"),
          Map.entry("OPR/", "Opera"),
          Map.entry("Firefox/", "Firefox"),
          Map.entry("Chrome/", "Chrome"),
          Map.entry("Safari/", "Safari"),
          Map.entry("curl/", "curl"));

  private static final List<String> SYSTEMS =
      List.of("Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux");

  @Inject PasswordChange passwordChange;
  @Inject Sessions sessions;
  @Inject CurrentCaller caller;
  @Inject HttpServletRequest request;

  private String id = "";
  private String present = "";
  private String wanted = "";
  private String repeated = "";

  private @Nullable List<Session> list;

  /** Changes the password; that ends all sessions, this one too. */
  public void changePassword() {
    PageAction.attempt(
        () -> {
          if (!wanted.equals(repeated)) {
            throw ProblemException.field("repeated", "The new passwords are not the same.");
          }
          passwordChange.change(caller.get(), present, wanted, request.getRemoteAddr());
          FacesContext context = FacesContext.getCurrentInstance();
          SessionCookie.clear(
              request, (HttpServletResponse) context.getExternalContext().getResponse());
          PageAction.goTo("/login?changed");
        });
  }

  /** Where the reader is signed in, newest first. */
  public List<Session> getSessions() {
    if (list == null) {
      list = sessions.of(caller.get());
    }
    return list;
  }

  /** Whether a session is the one that this page is read with. */
  public boolean isThis(Session session) {
    return session.id().equals(String.valueOf(caller.get().sessionId()));
  }

  /** The browser of a session as people know it; what it says of itself is no more than a hint. */
  public String browser(Session session) {
    String agent = session.userAgent();
    String name =
        BROWSERS.stream()
            .filter(known -> agent.contains(known.getKey()))
            .findFirst()
            .map(Map.Entry::getValue)
            .orElse("Another client");
    return SYSTEMS.stream()
        .filter(agent::contains)
        .findFirst()
        .map(system -> name + " on " + system)
        .orElse(name);
  }

  /** Signs the reader out where the session of the form is. */
  public void end() {
    if (PageAction.attempt(() -> sessions.end(caller.get(), PathId.of("session", id)))) {
      PageAction.goTo("/account");
    }
  }

  /** The session that the form is about. */
  public String getId() {
    return id;
  }

  public void setId(String id) {
    this.id = id;
  }

  /** Never shown. */
  public String getPresent() {
    return "";
  }

  public void setPresent(String present) {
    this.present = present;
  }

  /** Never shown. */
  public String getWanted() {
    return "";
  }

  public void setWanted(String wanted) {
    this.wanted = wanted;
  }

  /** Never shown. */
  public String getRepeated() {
    return "";
  }

  public void setRepeated(String repeated) {
    this.repeated = repeated;
  }
}
