package io.binnacle.security.control;

import io.binnacle.platform.control.RequestId;
import io.binnacle.platform.store.Ids;
import io.binnacle.security.entity.AuditEntry;
import io.binnacle.security.entity.AuditSubject;
import io.binnacle.security.entity.Caller;
import io.binnacle.security.store.AuditEntries;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the audit trail, in the transaction of the change: neither is there without the other.
 * Secrets never go in here.
 */
@ApplicationScoped
public class Audit {
  @Inject AuditEntries entries;
  @Inject Ids ids;
  @Inject Clock clock;

  /** For the container. */
  @SuppressWarnings("NullAway.Init")
  public Audit() {}

  /** For use outside a container. */
  public Audit(AuditEntries entries, Ids ids, Clock clock) {
    this.entries = entries;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * Records a change.
   *
   * @param by who made it, or null for the server itself
   * @param action {@code <object>.<verb>}: {@code user.create}, {@code run.delete}, …; at most 64
   *     characters
   * @param before the fields that changed, or null when the object is new: texts, numbers, flags,
   *     nested maps and lists; anything else as its text
   * @param after what they became, or null when the object is gone
   */
  @Transactional(TxType.MANDATORY)
  public void record(
      @Nullable Caller by,
      String action,
      AuditSubject subject,
      @Nullable Map<String, ?> before,
      @Nullable Map<String, ?> after) {
    entries.add(
        new AuditEntry(
            ids.next(),
            clock.instant(),
            by,
            action,
            subject,
            AuditJson.of(before),
            AuditJson.of(after),
            RequestId.current()));
  }
}
