package io.binnacle.security.store;

import io.binnacle.security.entity.Member;
import io.binnacle.security.entity.ProjectMember;
import io.binnacle.security.entity.ProjectScope;
import io.binnacle.security.entity.UserAccount;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which users belong to which projects. */
@ApplicationScoped
public class ProjectMembers {
  @PersistenceContext(unitName = "binnacle")
  EntityManager entities;

  /** For the container. */
  @SuppressWarnings("NullAway.Init")
  public ProjectMembers() {}

  /** For use outside a container. */
  public ProjectMembers(EntityManager entities) {
    this.entities = entities;
  }

  /** The projects of a user. */
  public Set<Long> projectsOf(long userId) {
    return Set.copyOf(
        entities
            .createQuery(
                "select m.projectId from ProjectMember m where m.userId = :user", Long.class)
            .setParameter("user", userId)
            .getResultList());
  }

  /** The members of a project, by name. */
  public List<Member> of(ProjectScope scope) {
    return entities
        .createQuery(
            "select m, u from ProjectMember m, UserAccount u"
                + " where m.projectId = :project and u.id = m.userId order by u.name",
            Object[].class)
        .setParameter("project", scope.projectId())
        .getResultStream()
        .map(row -> member((ProjectMember) row[0], (UserAccount) row[1]))
        .toList();
  }

  /**
   * Locks the memberships of a project until the transaction ends, so that nobody leaves meanwhile.
   *
   * @return how many there are
   */
  public int lock(ProjectScope scope) {
    return entities
        .createQuery(
            "select m from ProjectMember m where m.projectId = :project order by m.userId",
            ProjectMember.class)
        .setParameter("project", scope.projectId())
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getResultList()
        .size();
  }

  /** A user's membership. */
  public Optional<ProjectMember> find(ProjectScope scope, long userId) {
    return Optional.ofNullable(
        entities.find(ProjectMember.class, new ProjectMember.Key(scope.projectId(), userId)));
  }

  /** Adds a member. */
  public void add(ProjectScope scope, long userId, Instant now) {
    entities.persist(new ProjectMember(scope.projectId(), userId, now));
  }

  /** Takes a user out of a project. */
  public void remove(ProjectMember member) {
    entities.remove(member);
  }

  /** Takes a user who leaves out of all projects. */
  public void removeAllOf(long userId) {
    entities
        .createQuery("delete from ProjectMember m where m.userId = :user")
        .setParameter("user", userId)
        .executeUpdate();
  }

  /** Takes everybody out of a project that is deleted. */
  public void removeAll(ProjectScope scope) {
    entities
        .createQuery("delete from ProjectMember m where m.projectId = :project")
        .setParameter("project", scope.projectId())
        .executeUpdate();
  }

  private static Member member(ProjectMember member, UserAccount user) {
    return new Member(user.asUser(), member.addedAt());
  }
}
