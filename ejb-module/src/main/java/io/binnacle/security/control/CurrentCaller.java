package io.binnacle.security.control;

import io.binnacle.platform.entity.ProblemException;
import io.binnacle.security.entity.Caller;
import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who makes the current HTTP request. Asynchronous work takes the {@link Caller} itself along. */
@RequestScoped
public class CurrentCaller {
  private @Nullable Caller caller;

  /** To be called once, by the authentication filter. */
  public void enter(Caller authenticated) {
    caller = authenticated;
  }

  /**
   * @throws ProblemException when nobody is authenticated
   */
  public Caller get() {
    return find().orElseThrow(ProblemException::unauthenticated);
  }

  /** The caller, if the request has a valid key or session. */
  public Optional<Caller> find() {
    return Optional.ofNullable(caller);
  }
}
