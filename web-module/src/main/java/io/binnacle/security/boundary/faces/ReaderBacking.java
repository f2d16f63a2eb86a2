package io.binnacle.security.boundary.faces;

import io.binnacle.security.control.CurrentCaller;
import io.binnacle.security.entity.Caller;
import io.binnacle.security.entity.Right;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Locale;

/** Who reads the page, and what the page may offer them. */
@Named("reader")
@RequestScoped
public class ReaderBacking {
  @Inject CurrentCaller caller;

  public boolean isKnown() {
    return caller.find().isPresent();
  }

  public String getName() {
    return caller.find().map(Caller::displayName).orElse("");
  }

  /** Two letters for the round picture. */
  public String getInitials() {
    String name = getName();
    return name.substring(0, Math.min(2, name.length()));
  }

  public String getRole() {
    return caller.find().map(c -> c.role().name().toLowerCase(Locale.ROOT)).orElse("");
  }

  public boolean isAdmin() {
    return may(Right.ADMIN);
  }

  public boolean isWriter() {
    return may(Right.WRITE);
  }

  private boolean may(Right right) {
    return caller.find().filter(c -> c.may(right)).isPresent();
  }
}
