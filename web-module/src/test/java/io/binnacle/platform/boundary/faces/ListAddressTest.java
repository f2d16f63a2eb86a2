package io.binnacle.platform.boundary.faces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ListAddressTest {
  private final Map<String, String> parameters = new HashMap<>();
  private final ListAddress address =
      new ListAddress() {
        @Override
        public @Nullable String parameter(String name) {
          return parameters.get(name);
        }
      };

  ListAddressTest() {
    address.route = new Route();
    address.route.take("/crew", null, Map.of());
  }

  @Test
  void onlyWhatTheListKnowsNarrowsItAndStaysInItsAddresses() {
    parameters.putAll(Map.of("q", "a&b", "status", "FAILED", "sort", "-name"));

    address.shows("name", "q");
    assertTrue(address.isFiltered());
    assertEquals("/crew?sort=-name&q=a%26b&cursor=next", address.with("cursor", "next"));

    parameters.remove("q");
    assertFalse(address.isFiltered());
    assertEquals("/crew?sort=name", address.sortBy("name"));
    assertTrue(address.shows("name", "q", "status").isFiltered());
  }

  @Test
  void whatChoosesTheListStaysWhenTheFilterGoes() {
    parameters.putAll(Map.of("q", "a", "user", "all"));
    address.shows("name", "q").chosenBy("user");

    assertEquals("/crew?user=all", address.whole());
    assertEquals("/crew?user=all&q=a&sort=-name", address.sortBy("name"));
    assertEquals(List.of("user"), address.getChoices());
  }
}
