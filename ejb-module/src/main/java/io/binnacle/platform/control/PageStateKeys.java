package io.binnacle.platform.control;

import io.binnacle.platform.entity.Times;
import io.binnacle.platform.store.Settings;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The keys that seal the state of the console's pages: the same on all servers and after a restart,
 * so that a form may be sent to any. They come from a secret in the database and from the password
 * of the database: nobody can forge the state of a page, and with it objects in the server, who has
 * a dump of the database only.
 */
@Singleton
@DependsOn("Migrations")
@TransactionManagement(TransactionManagementType.BEAN)
public class PageStateKeys {
  private static final String SETTING = "page_state_secret";
  private static final String MAC = "HmacSHA256";
  private static final int SECRET_BYTES = 32;

  @Inject Settings settings;
  @Inject Clock clock;

  @Inject
  @ConfigProperty(name = "db.password")
  Optional<String> databasePassword;

  private byte[] secret = {};

  /** For the container. */
  @SuppressWarnings("NullAway.Init")
  public PageStateKeys() {}

  /** With what the container would inject. */
  PageStateKeys(Settings settings, Clock clock, Optional<String> databasePassword) {
    this.settings = settings;
    this.clock = clock;
    this.databasePassword = databasePassword;
  }

  @PostConstruct
  void agree() {
    byte[] own = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(own);
    String wanted = Base64.getEncoder().encodeToString(own);
    secret =
        Base64.getDecoder().decode(settings.agreed(SETTING, wanted, Times.nanos(clock.instant())));
  }

  /**
   * A key of 256 bits in Base64.
   *
   * @param purpose what it is for; each has its own
   */
  public String key(String purpose) {
    String sealed = purpose + '\0' + databasePassword.orElse("");
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(new SecretKeySpec(secret, MAC));
      byte[] key = mac.doFinal(sealed.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(key);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has " + MAC, e);
    }
  }
}
