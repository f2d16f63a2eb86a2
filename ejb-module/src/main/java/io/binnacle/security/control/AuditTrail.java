package io.binnacle.security.control;

import io.binnacle.platform.entity.Cursor;
import io.binnacle.platform.entity.Page;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.Slice;
import io.binnacle.security.entity.AuditEntry;
import io.binnacle.security.entity.AuditQuery;
import io.binnacle.security.entity.AuditRecord;
import io.binnacle.security.entity.Caller;
import io.binnacle.security.entity.Right;
import io.binnacle.security.store.AuditEntries;
import io.binnacle.security.store.AuditEntries.NamedEntry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the audit trail, for administrators. */
@ApplicationScoped
public class AuditTrail {
  @Inject AuditEntries entries;
  @Inject ProjectAccess access;

  /** For the container. */
  @SuppressWarnings("NullAway.Init")
  public AuditTrail() {}

  /** For use outside a container. */
  AuditTrail(AuditEntries entries, ProjectAccess access) {
    this.entries = entries;
    this.access = access;
  }

  /**
   * A page of entries, newest first.
   *
   * @param cursor the page before's, or null for the first page
   * @throws ProblemException FORBIDDEN
   */
  @Transactional
  public Page<AuditRecord> page(
      Caller caller, AuditQuery wanted, @Nullable String cursor, int limit) {
    access.require(caller, Right.ADMIN);
    String filter = wanted.canonical();
    long before = cursor == null ? Long.MAX_VALUE : Cursor.decodeNumber(filter, cursor);
    List<NamedEntry> found = entries.newest(wanted, before, limit + 1);
    return Slice.of(found, limit, item -> List.of(Long.toString(item.entry().id())))
        .page(filter, entries.count(wanted))
        .map(AuditTrail::record);
  }

  private static AuditRecord record(NamedEntry named) {
    AuditEntry entry = named.entry();
    return new AuditRecord(
        Long.toString(entry.id()),
        entry.happenedAt(),
        idOrNull(entry.userId()),
        named.userName(),
        entry.keyId() == null ? null : entry.keyId().toString(),
        idOrNull(entry.projectId()),
        entry.action(),
        entry.objectType(),
        entry.objectId(),
        entry.before(),
        entry.after(),
        entry.requestId());
  }

  private static @Nullable String idOrNull(long id) {
    return id == 0 ? null : Long.toString(id);
  }
}
