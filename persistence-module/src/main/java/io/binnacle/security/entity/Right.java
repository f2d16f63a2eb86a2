package io.binnacle.security.entity;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a caller may do; an API key carries a subset of its owner's as its scopes. */
public enum Right {
  /** Send logs, metrics and requests, and create and update runs. */
  INGEST,
  /** See what the projects hold. */
  READ,
  /** Create, change and delete what the projects hold. */
  WRITE,
  /** Administer users and the installation. */
  ADMIN;

  /** The name in the API. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The right that a name in the API stands for. */
  public static Optional<Right> ofCode(@Nullable String code) {
    return Arrays.stream(values()).filter(right -> right.code().equals(code)).findFirst();
  }
}
