package io.binnacle.security.boundary.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.security.entity.Right;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PageRoutesTest {
  private static final Path WEBAPP = Path.of("src/main/webapp");

  @Test
  void theNamesInAnAddressReachThePage() {
    PageRoutes.Target target = PageRoutes.find("/projects/llm-7b/services/gateway").orElseThrow();

    assertEquals("/pages/service.xhtml", target.view());
    assertEquals(Map.of("project", "llm-7b", "service", "gateway"), target.names());
  }

  @Test
  void anAddressThatNobodyKnowsHasNoPage() {
    assertTrue(PageRoutes.find("/pages/run.xhtml").isEmpty());
    assertTrue(PageRoutes.find("/runs/42").isEmpty());
    assertTrue(PageRoutes.find("/projects/../users").isEmpty());
  }

  @Test
  void everyPageStandsInTheRegister() throws IOException {
    List<String> pages;
    try (Stream<Path> files = Files.walk(WEBAPP)) {
      pages =
          files
              .map(file -> "/" + WEBAPP.relativize(file))
              .filter(page -> page.endsWith(".xhtml"))
              .filter(page -> !page.startsWith("/WEB-INF/") && !page.startsWith("/resources/"))
              .toList();
    }
    assertTrue(!pages.isEmpty(), "No page was found");
    assertEquals(Set.copyOf(pages), PageRoutes.examples().keySet(), "Pages and their addresses");
  }

  @Test
  void everyPageHasAnAddressThatLeadsToIt() {
    PageRoutes.examples()
        .forEach(
            (view, address) -> assertEquals(view, PageRoutes.find(address).orElseThrow().view()));
  }

  @Test
  void onlyTheLoginIsOpenAndOnlyAdministratorsSeeUsersAndTheAuditTrail() {
    Map<String, Right> expected = new HashMap<>();
    PageRoutes.examples().keySet().forEach(view -> expected.put(view, Right.READ));
    expected.put("/pages/login.xhtml", null);
    expected.put("/pages/users.xhtml", Right.ADMIN);
    expected.put("/pages/audit.xhtml", Right.ADMIN);

    Map<String, Right> found = new HashMap<>();
    PageRoutes.examples()
        .forEach(
            (view, address) -> found.put(view, PageRoutes.find(address).orElseThrow().right()));

    assertEquals(expected, found);
  }
}
