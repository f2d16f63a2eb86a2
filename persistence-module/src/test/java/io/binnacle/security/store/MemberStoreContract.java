package io.binnacle.security.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.binnacle.security.entity.ProjectScope;
import io.binnacle.testing.StoreContract;
import io.binnacle.testing.TestDatabase;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Who belongs to a project, while others change it. */
abstract class MemberStoreContract extends StoreContract {
  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
  private static final ProjectScope SCOPE = ProjectScope.granted(7);

  private ProjectMembers members;

  @Override
  protected void prepare(TestDatabase empty) {
    members = new ProjectMembers(empty.entities());
  }

  @Test
  void whoCountsToRemoveWaitsForWhoeverRemoves() {
    database()
        .run(
            () -> {
              members.add(SCOPE, 1, NOW);
              members.add(SCOPE, 2, NOW);
            });
    CompletableFuture<Integer> other =
        database()
            .inTransaction(
                () -> {
                  assertEquals(2, members.lock(SCOPE));
                  CompletableFuture<Integer> counted =
                      CompletableFuture.supplyAsync(this::countBeside);
                  assertThrows(
                      TimeoutException.class, () -> counted.get(300, TimeUnit.MILLISECONDS));
                  members.remove(members.find(SCOPE, 1).orElseThrow());
                  return counted;
                });
    assertEquals(1, other.orTimeout(20, TimeUnit.SECONDS).join());
  }

  private int countBeside() {
    try (EntityManager own = database().newEntities()) {
      own.getTransaction().begin();
      int count = new ProjectMembers(own).lock(SCOPE);
      own.getTransaction().commit();
      return count;
    }
  }
}
