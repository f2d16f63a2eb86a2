package io.binnacle.security.control;

import io.binnacle.security.entity.ApiKey;
import io.binnacle.security.entity.IssuedKey;
import io.binnacle.security.entity.Right;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** API keys as they are shown and as the audit trail has them. */
@ApplicationScoped
public class IssuedKeys {
  @Inject ProjectDirectory projects;

  /** For the container. */
  @SuppressWarnings("NullAway.Init")
  public IssuedKeys() {}

  IssuedKeys(ProjectDirectory projects) {
    this.projects = projects;
  }

  /**
   * A key as it is shown.
   *
   * @param user the login of its user
   * @param text the key itself, which only its maker sees; otherwise null
   */
  IssuedKey of(ApiKey key, String user, @Nullable String text) {
    Optional<String> slug = Optional.ofNullable(key.projectId()).flatMap(projects::slugOf);
    return new IssuedKey(
        Long.toString(key.id()),
        key.name(),
        key.prefix(),
        user,
        key.scopes().stream().sorted().map(Right::code).toList(),
        slug.orElse(null),
        key.unlimitedTails(),
        key.createdAt(),
        key.expiresAt(),
        key.lastUsedAt(),
        key.revokedAt(),
        text);
  }

  static Map<String, Object> audited(ApiKey key) {
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("name", key.name());
    state.put("prefix", key.prefix());
    state.put("scopes", key.scopes().stream().sorted().map(Right::code).toList());
    state.put("project_id", key.projectId() == null ? null : key.projectId().toString());
    state.put("expires_at", key.expiresAt());
    return state;
  }
}
