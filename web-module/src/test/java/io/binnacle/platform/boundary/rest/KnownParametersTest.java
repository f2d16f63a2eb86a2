package io.binnacle.platform.boundary.rest;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.platform.entity.Page;
import io.binnacle.platform.entity.ProblemException;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KnownParametersTest {
  static class Filter {
    @QueryParam("status")
    List<String> statuses = List.of();

    String other = "";
  }

  static class Lists {
    public Page<String> list(@QueryParam("limit") Integer limit, @BeanParam Filter filter) {
      return Page.whole(List.of());
    }

    @DELETE
    public void delete() {}

    @GET
    public String one() {
      return "";
    }
  }

  @Test
  void aListTakesWhatItsMethodAndItsParametersDeclare() throws NoSuchMethodException {
    var method = Lists.class.getMethod("list", Integer.class, Filter.class);
    KnownParameters parameters = new KnownParameters();

    assertDoesNotThrow(() -> parameters.check(method, Set.of("limit", "status")));
    ProblemException refusal =
        assertThrows(ProblemException.class, () -> parameters.check(method, Set.of("statsu")));
    assertEquals("statsu", refusal.field());
    assertEquals("Taken here are limit, status.", refusal.getMessage());
  }

  @Test
  void aDeletionCanNotBeNarrowedByAParameter() throws NoSuchMethodException {
    var delete = Lists.class.getMethod("delete");

    assertTrue(KnownParameters.mayBeNarrowed(delete));
    assertThrows(
        ProblemException.class, () -> new KnownParameters().check(delete, Set.of("stream")));
    assertFalse(KnownParameters.mayBeNarrowed(Lists.class.getMethod("one")));
  }
}
