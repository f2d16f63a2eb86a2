package io.binnacle.platform.boundary.faces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.platform.entity.ProblemException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SmallListTest {
  private static final List<String> ALL = List.of("bb", "Ccc", "a");

  private final Address address = new Address();
  private final SmallList<String> list =
      new SmallList<String>("name", text -> text)
          .by("name", text -> text)
          .by("length", String::length);

  /** An address of a page without a server. */
  private static final class Address extends ListAddress {
    private final Map<String, String> parameters = new LinkedHashMap<>();

    private Address() {
      route = new Route();
      route.take("/crew", null, Map.of());
    }

    @Override
    public @Nullable String parameter(String name) {
      return parameters.get(name);
    }
  }

  @Test
  void aListHasItsUsualOrderUntilTheAddressNamesAnother() {
    assertEquals(List.of("Ccc", "a", "bb"), list.of(ALL, address));
    assertEquals("ascending", address.sorted("name"));

    address.parameters.put("sort", "-length");

    assertEquals(List.of("Ccc", "bb", "a"), list.of(ALL, address));
    assertEquals("descending", address.sorted("length"));
    assertEquals("none", address.sorted("name"));
  }

  @Test
  void theFilterFindsAPartInAnyCase() {
    address.parameters.put("q", "cC");

    assertEquals(List.of("Ccc"), list.of(ALL, address));
    assertTrue(address.isFiltered());
  }

  @Test
  void anUnknownOrderIsRefused() {
    address.parameters.put("sort", "colour");

    assertThrows(ProblemException.class, () -> list.of(ALL, address));
  }

  @Test
  void linksOfColumnsKeepTheFilterAndBeginWithTheFirstPage() {
    address.parameters.put("q", "a&b");
    address.parameters.put("cursor", "xyz");
    list.of(ALL, address);

    assertEquals("/crew?q=a%26b&sort=-name", address.sortBy("name"));
    assertEquals("/crew?q=a%26b&sort=length", address.sortBy("length"));
    assertEquals("/crew?q=a%26b", address.with("cursor", null));
    assertEquals("/crew", address.whole());
  }
}
