package io.binnacle.platform.boundary.http;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;

/** Objects as the API answers them, inside of JAX-RS and outside. */
public final class ApiJson {
  private static final Jsonb MAPPER =
      JsonbBuilder.create(
          new JsonbConfig()
              .withPropertyNamingStrategy(SnakeCase::of)
              .withSerializers(new JsonTextSerializer(), new PageSerializer()));

  private ApiJson() {}

  /** The mapper, which names everything in {@link SnakeCase}. */
  public static Jsonb mapper() {
    return MAPPER;
  }
}
