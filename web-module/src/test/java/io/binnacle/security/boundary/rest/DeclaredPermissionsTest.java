package io.binnacle.security.boundary.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.security.boundary.http.PageRoutes;
import jakarta.ws.rs.HttpMethod;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A route or page that forgets to say who may use it fails the build. */
class DeclaredPermissionsTest {
  private static final Path CLASSES = Path.of("target/classes");
  private static final Path WEBAPP = Path.of("src/main/webapp");

  @Test
  void everyRouteDeclaresWhoMayUseIt() throws IOException {
    List<Method> routes = new ArrayList<>();
    for (Class<?> type : restClasses()) {
      Arrays.stream(type.getDeclaredMethods())
          .filter(DeclaredPermissionsTest::isRoute)
          .forEach(routes::add);
    }
    assertTrue(routes.size() >= 15, "Too few routes were found: " + routes.size());
    assertEquals(List.of(), routes.stream().filter(route -> !declares(route)).toList());
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

  private static List<Class<?>> restClasses() throws IOException {
    List<Class<?>> types = new ArrayList<>();
    try (Stream<Path> files = Files.walk(CLASSES)) {
      for (Path file : files.filter(DeclaredPermissionsTest::isRest).toList()) {
        types.add(load(CLASSES.relativize(file).toString()));
      }
    }
    return types;
  }

  private static boolean isRest(Path file) {
    return file.toString().contains("/boundary/rest/") && file.toString().endsWith(".class");
  }

  private static Class<?> load(String file) {
    String name = file.substring(0, file.length() - ".class".length()).replace('/', '.');
    try {
      return Class.forName(name, false, DeclaredPermissionsTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isRoute(Method method) {
    return Arrays.stream(method.getAnnotations())
        .anyMatch(a -> a.annotationType().isAnnotationPresent(HttpMethod.class));
  }

  private static boolean declares(Method route) {
    return route.isAnnotationPresent(OpenToAll.class)
        || route.isAnnotationPresent(Requires.class)
        || route.getDeclaringClass().isAnnotationPresent(Requires.class);
  }
}
