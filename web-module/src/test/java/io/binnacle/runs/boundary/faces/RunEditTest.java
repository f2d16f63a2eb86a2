package io.binnacle.runs.boundary.faces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.binnacle.platform.entity.ProblemException;
import io.binnacle.runs.entity.RunDetails;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunEditTest {
  private static final RunEdit SHOWN = RunEdit.of("run", List.of("a", "b, c"), "first\nsecond");

  @Test
  void whatTheFormLeftAsItWasStaysAsItIsNow() {
    RunDetails now = run("renamed", List.of("new"), "of the script");
    assertEquals(now, SHOWN.over(now, SHOWN));
  }

  @Test
  void whatTheFormChangedIsChanged() {
    RunEdit wanted = new RunEdit("other", "a\r\n b, c \r\nd\r\n\r\n", "first\r\nsecond");
    RunDetails changed = wanted.over(run("run", List.of("a", "b, c"), "first\r\nsecond"), SHOWN);
    assertEquals("other", changed.name());
    assertEquals(List.of("a", "b, c", "d"), changed.tags());
    assertEquals("first\nsecond", changed.notes());
  }

  @Test
  void tagsOfOthersStayAndThoseTheyTookAwayDoNotComeBack() {
    RunEdit wanted = new RunEdit("run", "a\nmine", SHOWN.notes());
    RunDetails changed = wanted.over(run("run", List.of("b, c", "theirs"), ""), SHOWN);
    assertEquals(List.of("mine", "theirs"), changed.tags());
  }

  @Test
  void twoDoNotWriteOneFieldWithoutKnowingOfEachOther() {
    RunEdit wanted = new RunEdit("run", SHOWN.tags(), "mine");
    ProblemException refusal =
        assertThrows(
            ProblemException.class,
            () -> wanted.over(run("run", List.of(), "of the script"), SHOWN));
    assertEquals("notes", refusal.field());
    assertEquals("mine", wanted.over(run("run", List.of(), "mine"), SHOWN).notes());
  }

  private static RunDetails run(String name, List<String> tags, String notes) {
    return new RunDetails(name, "{}", tags, notes, null, null, null, null, null, null);
  }
}
