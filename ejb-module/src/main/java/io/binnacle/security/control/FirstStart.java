package io.binnacle.security.control;

import io.binnacle.platform.control.log.StartFailure;
import io.binnacle.platform.entity.ProblemException;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Gives a fresh installation its admin, and says once how to log in. */
@Singleton
@Startup
@DependsOn("Migrations")
@TransactionManagement(TransactionManagementType.BEAN)
public class FirstStart {
  private static final Logger LOG = System.getLogger(FirstStart.class.getName());
  private static final int MIN_KEY_CHARS = 32;

  @Inject FirstAdmin firstAdmin;

  @Inject
  @ConfigProperty(name = "binnacle.admin.password")
  Optional<String> password;

  @Inject
  @ConfigProperty(name = "binnacle.admin.api.key")
  Optional<String> apiKey;

  @Inject
  @ConfigProperty(name = "binnacle.data.dir")
  String dataDir;

  @PostConstruct
  void begin() {
    String key = apiKey.filter(text -> !text.isEmpty()).orElse(null);
    String chosen = password.filter(text -> !text.isEmpty()).orElse(null);
    check(key, chosen);
    Path file = Path.of(dataDir, "admin-password");
    firstAdmin.create(chosen, key, file).ifPresent(made -> announce(made, file));
    warnOfUnknown(key);
  }

  private static void check(@Nullable String key, @Nullable String chosen) {
    if (key != null && key.length() < MIN_KEY_CHARS) {
      throw StartFailure.because(
          "BINNACLE_ADMIN_API_KEY has fewer than "
              + MIN_KEY_CHARS
              + " characters. Choose a longer one, or unset it and make a key in the console.");
    }
    try {
      if (chosen != null) {
        PasswordRule.check("BINNACLE_ADMIN_PASSWORD", chosen);
      }
    } catch (ProblemException e) {
      throw StartFailure.because(
          e.field() + ": " + e.getMessage() + " Choose another, or unset it for a random one.");
    }
  }

  private static void announce(String madePassword, Path file) {
    LOG.log(
        Level.INFO,
        "First start: log in as {0} with the password {1}, which also stands in {2}",
        FirstAdmin.NAME,
        madePassword,
        file);
  }

  private void warnOfUnknown(@Nullable String key) {
    if (key != null && !firstAdmin.knows(key)) {
      LOG.log(
          Level.WARNING,
          "BINNACLE_ADMIN_API_KEY is not registered: only the first start does that."
              + " Make a key in the console instead.");
    }
  }
}
