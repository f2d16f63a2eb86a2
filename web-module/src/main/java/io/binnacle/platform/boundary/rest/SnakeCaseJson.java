package io.binnacle.platform.boundary.rest;

import io.binnacle.platform.boundary.http.ApiJson;
import jakarta.json.bind.Jsonb;
import jakarta.ws.rs.ext.ContextResolver;
import jakarta.ws.rs.ext.Provider;

/** Tells JAX-RS how the API names things in JSON. */
@Provider
public class SnakeCaseJson implements ContextResolver<Jsonb> {
  @Override
  public Jsonb getContext(Class<?> type) {
    return ApiJson.mapper();
  }
}
