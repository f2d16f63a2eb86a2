package io.binnacle.security.boundary.http;

import io.binnacle.security.entity.Caller;
import java.security.Principal;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The caller of a WebSocket, as its endpoint finds it.
 *
 * @param caller who opened it
 * @param credential finds the caller behind the same key or session as it is now, or null when it
 *     has ended
 */
public record CallerPrincipal(Caller caller, Supplier<@Nullable Caller> credential)
    implements Principal {
  @Override
  public String getName() {
    return caller.userName();
  }

  /** The same caller with the rights of this moment; null when the key or session has ended. */
  public @Nullable Caller again() {
    return credential.get();
  }
}
