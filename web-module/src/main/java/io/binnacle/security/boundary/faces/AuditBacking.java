package io.binnacle.security.boundary.faces;

import io.binnacle.platform.boundary.faces.ListAddress;
import io.binnacle.platform.boundary.faces.PageAction;
import io.binnacle.platform.entity.Page;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.Times;
import io.binnacle.security.control.AuditTrail;
import io.binnacle.security.control.CurrentCaller;
import io.binnacle.security.entity.AuditQuery;
import io.binnacle.security.entity.AuditRecord;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** The audit trail, for administrators: by who, what and day, as the address says. */
@Named("audit")
@RequestScoped
public class AuditBacking {
  private static final int PAGE = 100;

  @Inject AuditTrail trail;
  @Inject CurrentCaller caller;
  @Inject ListAddress list;

  private @Nullable Page<AuditRecord> page;

  /** The entries of this page of the list, newest first. */
  public Page<AuditRecord> getPage() {
    if (page == null) {
      list.shows("", "who", "action", "since", "until");
      page = trail.page(caller.get(), wanted(), list.parameter("cursor"), PAGE);
    }
    return page;
  }

  /** Refuses what is no day, and a cursor that is not valid. */
  public void load() {
    PageAction.load(this::getPage);
  }

  /** Who made a change, as people read it. */
  public String who(AuditRecord entry) {
    if (entry.userId() == null) {
      return "the server";
    }
    return entry.userName() == null ? "a deleted user" : entry.userName();
  }

  private AuditQuery wanted() {
    return new AuditQuery(
        null,
        null,
        list.parameter("action"),
        null,
        null,
        list.parameter("who"),
        beginOfDay("since", list.parameter("since"), 0),
        beginOfDay("until", list.parameter("until"), 1));
  }

  /** Days are of UTC; the last one that is asked for counts too. */
  static @Nullable Instant beginOfDay(String name, @Nullable String day, int daysLater) {
    if (day == null) {
      return null;
    }
    try {
      Instant begin =
          LocalDate.parse(day).plusDays(daysLater).atStartOfDay(ZoneOffset.UTC).toInstant();
      return Times.instant(Times.nanos(begin));
    } catch (DateTimeException | ProblemException e) {
      throw ProblemException.field(name, "Expected a day such as 2026-11-21.");
    }
  }
}
