package io.binnacle.it.inside;

import io.binnacle.logs.control.LogsCleared;
import io.binnacle.platform.control.RetryConflicts;
import io.binnacle.platform.store.Refusals;
import io.binnacle.security.entity.ProjectScope;
import io.binnacle.security.entity.Role;
import io.binnacle.security.entity.UserAccount;
import io.binnacle.security.store.UserAccounts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.sql.SQLTransactionRollbackException;
import java.time.Instant;
import java.util.Map;

/** Use cases that write by JPA and by JDBC, and end in every way that a use case can. */
@ApplicationScoped
public class Probe {
  @Inject UserAccounts users;
  @Inject Refusals refusals;
  @Inject Event<LogsCleared> cleared;

  private int tries;

  /** Ends well. */
  @Transactional
  public void write(long id) {
    users.add(new UserAccount(id, "user-" + id, "", "none", Role.VIEWER, Instant.EPOCH));
    refusals.add(id, "probe", "probe", 1, 1);
    cleared.fire(new LogsCleared(id, Map.of()));
  }

  /** Ends as use cases end that refuse something. */
  @Transactional
  public void writeAndThrow(long id) {
    write(id);
    throw new IllegalStateException("refused");
  }

  /** Ends as no use case may. */
  @Transactional
  public void writeAndThrowChecked(long id) throws IOException {
    write(id);
    throw new IOException("checked");
  }

  /** Meets a conflict twice, and then succeeds. */
  @RetryConflicts
  @Transactional
  public void writeAtTheThirdTry(long id) {
    write(id);
    if (++tries < 3) {
      throw new IllegalStateException(new SQLTransactionRollbackException("deadlock", "40001"));
    }
  }

  /** What is there of a writing. */
  @Transactional
  public Stored stored(long id) {
    return new Stored(users.find(id).isPresent(), !refusals.of(ProjectScope.granted(id)).isEmpty());
  }

  /** Whether the row is there that was written so. */
  public record Stored(boolean byJpa, boolean byJdbc) {
    static final Stored ALL = new Stored(true, true);
    static final Stored NOTHING = new Stored(false, false);
  }
}
