package io.binnacle.runs.entity;

import io.binnacle.platform.entity.InstantNanos;
import io.binnacle.platform.entity.ProblemException;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a script. Its public id is a UUID that the script may make itself, so that it
 * can begin while the server is away; inside, a 64-bit key stands for it.
 */
@Entity
@Table(name = "run")
public class Run {
  @Id private long id;

  @Column(name = "run_id")
  private String runId = "";

  @Column(name = "project_id")
  private long projectId;

  private String name = "";

  @Enumerated(EnumType.STRING)
  private RunStatus status = RunStatus.RUNNING;

  private String config = "{}";

  /** Each tag between line feeds, so that a search for one finds no part of another. */
  private String tags = "\n";

  private String notes = "";
  private @Nullable String host;

  @Column(name = "git_commit")
  private @Nullable String gitCommit;

  private @Nullable String command;

  @Column(name = "exit_code")
  private @Nullable Integer exitCode;

  @Column(name = "release_name")
  private @Nullable String release;

  private @Nullable String environment;

  @Column(name = "service_name")
  private @Nullable String service;

  @Column(name = "created_by")
  private long createdBy;

  @Convert(converter = InstantNanos.class)
  @Column(name = "created_at")
  private Instant createdAt = Instant.EPOCH;

  @Convert(converter = InstantNanos.class)
  @Column(name = "started_at")
  private Instant startedAt = Instant.EPOCH;

  @Convert(converter = InstantNanos.class)
  @Column(name = "ended_at")
  private @Nullable Instant endedAt;

  @Convert(converter = InstantNanos.class)
  @Column(name = "heartbeat_at")
  private Instant heartbeatAt = Instant.EPOCH;

  /** The newest sign of life; null while the run has only been made. */
  @Convert(converter = InstantNanos.class)
  @Column(name = "alive_at")
  private @Nullable Instant aliveAt;

  @Version private long version;

  @Convert(converter = InstantNanos.class)
  @Column(name = "deleted_at")
  private @Nullable Instant deletedAt;

  @Convert(converter = InstantNanos.class)
  @Column(name = "purged_at")
  private @Nullable Instant purgedAt;

  /** For JPA. */
  protected Run() {}

  /** A run that begins. */
  public Run(
      long id,
      UUID runId,
      long projectId,
      RunDetails details,
      long createdBy,
      Instant startedAt,
      Instant now) {
    this.id = id;
    this.runId = runId.toString();
    this.projectId = projectId;
    this.createdBy = createdBy;
    this.startedAt = startedAt;
    this.createdAt = now;
    this.heartbeatAt = now;
    describe(details);
  }

  /** Changes what the run says of itself. */
  public final void describe(RunDetails details) {
    name = details.name();
    config = details.config();
    tags = "\n" + details.tags().stream().map(tag -> tag + "\n").reduce("", String::concat);
    notes = details.notes();
    host = details.host();
    gitCommit = details.gitCommit();
    command = details.command();
    release = details.release();
    environment = details.environment();
    service = details.service();
  }

  /**
   * Moves the run to a status. Ending an ended run again only corrects how it ended; going back to
   * RUNNING resumes it.
   *
   * @param at when it ended, or null for now
   * @throws ProblemException when a caller claims a crash, which only silence tells; when a run
   *     that runs shall have an end; when the end lies before the beginning
   */
  public void become(
      RunStatus newStatus, @Nullable Integer newExitCode, @Nullable Instant at, Instant now) {
    if (newStatus == RunStatus.CRASHED) {
      throw ProblemException.field(
          "status", "A run is CRASHED when it falls silent; send FAILED instead.");
    }
    if (newStatus == RunStatus.RUNNING) {
      refuseEnd(newExitCode, at);
      endedAt = null;
      exitCode = null;
      lived(now);
    } else {
      if (endedAt == null || status == RunStatus.CRASHED) {
        endedAt = now.isBefore(startedAt) ? startedAt : now;
      }
      correctEnd(newExitCode, at);
    }
    status = newStatus;
    heartbeatAt = now;
  }

  /** Notes a heartbeat: the run lives now; brings a crashed one back. */
  public void beat(Instant now) {
    hear(now);
    lived(now);
    if (status == RunStatus.CRASHED) {
      resume();
    }
  }

  /**
   * Corrects how an ended run ended; null leaves a part as it is.
   *
   * @throws ProblemException when it still runs, or the end lies before the beginning
   */
  public void correct(@Nullable Integer newExitCode, @Nullable Instant at) {
    if (status == RunStatus.RUNNING) {
      refuseEnd(newExitCode, at);
    }
    correctEnd(newExitCode, at);
  }

  private void correctEnd(@Nullable Integer newExitCode, @Nullable Instant at) {
    if (at != null && at.isBefore(startedAt)) {
      throw ProblemException.field("ended_at", "The run began at " + startedAt + ".");
    }
    endedAt = at == null ? endedAt : at;
    exitCode = newExitCode == null ? exitCode : newExitCode;
  }

  private static void refuseEnd(@Nullable Integer newExitCode, @Nullable Instant at) {
    if (newExitCode != null || at != null) {
      throw ProblemException.field(
          newExitCode != null ? "exit_code" : "ended_at",
          "A run that is RUNNING has no end; send the status that it ended with, too.");
    }
  }

  /**
   * Notes that something of the run arrived. It may come long after the script has died, from what
   * that left on its disk: a crashed run comes back only by what is young itself. Otherwise it only
   * tells that the run lived longer than was known.
   *
   * @param newest when the newest of it was made, by the clock of the script. A time in the future,
   *     or before the run began, tells nothing and counts as that of the arrival.
   * @param silence how long a run may be silent
   */
  public void sent(Instant newest, Instant arrived, Duration silence) {
    hear(arrived);
    boolean known = !newest.isAfter(arrived) && !newest.isBefore(startedAt);
    Instant alive = known ? newest : arrived;
    lived(alive);
    if (status == RunStatus.CRASHED) {
      if (alive.isBefore(arrived.minus(silence))) {
        endedAt = lastSign();
      } else {
        resume();
      }
    }
  }

  /** Notes that the run has been silent for too long; it ended with its last sign of life. */
  public void fellSilent() {
    if (status == RunStatus.RUNNING) {
      status = RunStatus.CRASHED;
      endedAt = lastSign();
    }
  }

  private void resume() {
    status = RunStatus.RUNNING;
    endedAt = null;
  }

  private void hear(Instant at) {
    if (at.isAfter(heartbeatAt)) {
      heartbeatAt = at;
    }
  }

  private void lived(Instant at) {
    if (aliveAt == null || at.isAfter(aliveAt)) {
      aliveAt = at;
    }
  }

  private Instant lastSign() {
    Instant last = aliveAt == null ? heartbeatAt : aliveAt;
    // The clock of the script may be ahead of that of the server; no run ends before it begins.
    return last.isBefore(startedAt) ? startedAt : last;
  }

  /** Deletes the run; its id stays taken, so that a late sender learns of it. */
  public void delete(Instant now) {
    if (deletedAt == null) {
      deletedAt = now;
    }
  }

  /** Notes that nothing of what the run owned is left. */
  public void purged(Instant now) {
    purgedAt = now;
  }

  public long id() {
    return id;
  }

  public String runId() {
    return runId;
  }

  public long projectId() {
    return projectId;
  }

  public RunStatus status() {
    return status;
  }

  public Instant startedAt() {
    return startedAt;
  }

  public String name() {
    return name;
  }

  public boolean isDeleted() {
    return deletedAt != null;
  }

  /** What the run says of itself, to be changed in part. */
  public RunDetails details() {
    return new RunDetails(
        name,
        config,
        tagList(tags),
        notes,
        host,
        gitCommit,
        command,
        release,
        environment,
        service);
  }

  /** What a reader gets. */
  public RunSummary summary(String projectSlug) {
    return new RunSummary(
        runId,
        projectSlug,
        Long.toString(projectId),
        name,
        status,
        config,
        tagList(tags),
        notes,
        host,
        gitCommit,
        command,
        exitCode,
        release,
        environment,
        service,
        startedAt,
        endedAt,
        heartbeatAt,
        createdAt);
  }

  /** The tags of a text that has each between line feeds. */
  public static List<String> tagList(String tags) {
    return Arrays.stream(tags.split("\n")).filter(tag -> !tag.isEmpty()).toList();
  }
}
