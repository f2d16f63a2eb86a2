package io.binnacle.platform.control;

import io.binnacle.platform.store.Vacuum;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Keeps the file of the embedded database short; MySQL does so by itself. */
@ApplicationScoped
public class DatabaseVacuum {
  /** Of every second: enough for what 300,000 lines a second leave behind. */
  private static final Duration SHARE = Duration.ofMillis(150);

  @Inject
  @ConfigProperty(name = "db.url")
  String url;

  @Inject
  @ConfigProperty(name = "db.user")
  String user;

  /** An empty variable counts as none. */
  @Inject
  @ConfigProperty(name = "db.password")
  Optional<String> password;

  private @Nullable Vacuum vacuum;

  @PostConstruct
  void find() {
    vacuum = url.startsWith("jdbc:h2:file:") ? new Vacuum(url, user, password.orElse("")) : null;
  }

  /** Works for a part of a second. */
  public void run() {
    if (vacuum != null) {
      vacuum.run(SHARE);
    }
  }
}
