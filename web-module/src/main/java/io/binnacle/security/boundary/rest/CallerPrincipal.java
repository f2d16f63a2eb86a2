package io.binnacle.security.boundary.rest;

import io.binnacle.security.entity.Caller;
import java.security.Principal;

/** The caller of a WebSocket, as its endpoint finds it. */
public record CallerPrincipal(Caller caller) implements Principal {
  @Override
  public String getName() {
    return caller.userName();
  }
}
