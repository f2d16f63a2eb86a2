package io.binnacle.platform.control;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OnceTest {
  private final List<String> asked = new ArrayList<>();
  private final List<String> done = new ArrayList<>();
  private final Once once = new Once();
  private boolean ours = true;

  @BeforeEach
  void wire() {
    once.clock = Clock.systemUTC();
    once.disk = new DiskReserve();
    once.leases =
        new LeaseTaking() {
          @Override
          public boolean take(String name, long now, long nanos) {
            asked.add(name);
            return ours;
          }
        };
  }

  @Test
  void whoHasTheLeaseWorksOnWithoutAskingForItAgain() {
    once.inCluster("sweep", () -> step(2));
    once.inCluster("sweep", () -> step(3));

    assertEquals(List.of("step", "step", "step"), done);
    assertEquals(List.of("sweep"), asked);
  }

  @Test
  void eachWorkHasALeaseOfItsOwn() {
    once.inCluster("sweep", () -> step(1));
    once.inCluster("merge", () -> step(2));

    assertEquals(List.of("sweep", "merge"), asked);
  }

  @Test
  void whoHasNoLeaseDoesNothingAndAsksTheNextTime() {
    ours = false;
    once.inCluster("sweep", () -> step(1));
    ours = true;
    once.inCluster("sweep", () -> step(1));

    assertEquals(List.of("step"), done);
    assertEquals(List.of("sweep", "sweep"), asked);
  }

  @Test
  void aFailureEndsTheRoundAndNotTheNext() {
    once.inCluster(
        "sweep",
        () -> {
          throw new IllegalStateException("the first round");
        });
    once.inCluster("sweep", () -> step(1));

    assertEquals(List.of("step"), done);
  }

  private boolean step(int enough) {
    done.add("step");
    return done.size() < enough;
  }
}
