package io.binnacle.architecture;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaEnumConstant;
import com.tngtech.archunit.core.domain.JavaMethod;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The addresses of the application, read from its compiled classes. */
public final class Routes {
  private static final String BASE = "/api";
  private static final String SECURITY = "io.binnacle.security.boundary.rest.";
  private static final String SOCKET = "jakarta.websocket.server.ServerEndpoint";

  private Routes() {}

  /**
   * One REST method.
   *
   * @param path from the root of the server, with templates in braces
   * @param rights any of which opens it, as scopes of keys are called; empty when it is open to all
   */
  public record Route(String method, String path, Set<String> rights) {
    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  /** All REST methods. */
  public static List<Route> all() {
    List<Route> routes = new ArrayList<>();
    for (JavaClass type : House.CLASSES) {
      Optional<Path> base = type.tryGetAnnotationOfType(Path.class);
      if (base.isPresent()) {
        type.getMethods().stream()
            .filter(method -> method.isMetaAnnotatedWith(HttpMethod.class))
            .forEach(method -> routes.add(route(base.get(), method)));
      }
    }
    return routes;
  }

  /**
   * An address of every page. The web module is no library for tests, so its table of routes is
   * loaded and asked.
   */
  public static List<String> pages() {
    try (URLClassLoader web = new URLClassLoader(webClasses(), Routes.class.getClassLoader())) {
      Object examples =
          web.loadClass("io.binnacle.security.boundary.http.PageRoutes")
              .getMethod("examples")
              .invoke(null);
      return ((Map<?, ?>) examples).values().stream().map(String::valueOf).toList();
    } catch (IOException | ReflectiveOperationException e) {
      throw new IllegalStateException("The routes of the pages can't be read", e);
    }
  }

  private static URL[] webClasses() throws IOException {
    return new URL[] {House.repository().resolve("web-module/target/classes").toUri().toURL()};
  }

  /** The path templates of all WebSockets. */
  public static List<String> sockets() {
    return House.CLASSES.stream()
        .filter(type -> type.isAnnotatedWith(SOCKET))
        .map(type -> (String) type.getAnnotationOfType(SOCKET).get("value").orElseThrow())
        .sorted()
        .toList();
  }

  private static Route route(Path base, JavaMethod method) {
    String own = method.tryGetAnnotationOfType(Path.class).map(Path::value).orElse("");
    String path = BASE + slashed(base.value()) + slashed(own);
    return new Route(
        httpMethod(method), path.replaceAll("\\{([a-z_]+)\\s*:[^}]*}", "{$1}"), rights(method));
  }

  private static String slashed(String path) {
    return path.isEmpty() || path.equals("/") || path.startsWith("/") ? path : "/" + path;
  }

  private static String httpMethod(JavaMethod method) {
    return method.getAnnotations().stream()
        .map(JavaAnnotation::getRawType)
        .filter(type -> type.isAnnotatedWith(HttpMethod.class))
        .map(type -> type.getAnnotationOfType(HttpMethod.class).value())
        .findFirst()
        .orElseThrow();
  }

  private static Set<String> rights(JavaMethod method) {
    if (method.isAnnotatedWith(SECURITY + "OpenToAll")) {
      return Set.of();
    }
    String requires = SECURITY + "Requires";
    JavaAnnotation<?> declared =
        method.isAnnotatedWith(requires)
            ? method.getAnnotationOfType(requires)
            : method.getOwner().getAnnotationOfType(requires);
    Object[] rights = (Object[]) declared.get("value").orElseThrow();
    return Arrays.stream(rights)
        .map(right -> ((JavaEnumConstant) right).name().toLowerCase(Locale.ROOT))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
