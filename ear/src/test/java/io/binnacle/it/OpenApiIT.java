package io.binnacle.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.binnacle.architecture.Routes;
import io.binnacle.architecture.Routes.Route;
import io.binnacle.it.http.Api;
import java.util.Locale;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RunningServer.class)
class OpenApiIT {
  @Test
  void everyRouteIsDescribed(Api api) {
    JsonNode document = document(api);
    TreeSet<String> missing = new TreeSet<>();
    for (Route route : Routes.all()) {
      String method = route.method().toLowerCase(Locale.ROOT);
      if (document.path("paths").path(route.path()).path(method).isMissingNode()) {
        missing.add(route.toString());
      }
    }
    assertEquals(new TreeSet<>(), missing);
  }

  @Test
  void nothingIsDescribedThatIsNotThere(Api api) {
    TreeSet<String> unknown = new TreeSet<>();
    document(api).path("paths").fieldNames().forEachRemaining(unknown::add);
    Routes.all().forEach(route -> unknown.remove(route.path()));
    assertEquals(new TreeSet<>(), unknown);
  }

  @Test
  void everyReferenceInTheDocumentLeadsSomewhere(Api api) {
    JsonNode document = document(api);
    TreeSet<String> broken = new TreeSet<>();
    for (JsonNode reference : document.findValues("$ref")) {
      String pointer = reference.asText();
      if (!pointer.startsWith("#/") || document.at(pointer.substring(1)).isMissingNode()) {
        broken.add(pointer);
      }
    }
    assertEquals(new TreeSet<>(), broken);
  }

  @Test
  void theUserInterfaceIsThere(Api api) {
    assertTrue(api.anonymous().get("/openapi/ui/").expect(200).text().contains("<html"));
    assertFalse(document(api).path("info").path("title").asText().isEmpty());
  }

  private static JsonNode document(Api api) {
    return api.anonymous().get("/openapi?format=JSON").expect(200).json();
  }
}
