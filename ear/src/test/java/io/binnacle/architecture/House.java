package io.binnacle.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The classes of the three modules, without tests, and what the layers and features are. */
final class House {
  static final String ROOT = "io.binnacle.";
  static final List<String> MODULES = List.of("persistence-module", "ejb-module", "web-module");

  /** The layers of each module, as the second part of a package's name. */
  static final Map<String, List<String>> LAYERS_OF_MODULES =
      Map.of(
          "persistence-module", List.of("entity", "store"),
          "ejb-module", List.of("control"),
          "web-module", List.of("boundary"));

  static final JavaClasses CLASSES = importModules();

  private House() {}

  /** The root of the sources. */
  static Path repository() {
    return Path.of(System.getProperty("binnacle.it.repository", "..")).toAbsolutePath().normalize();
  }

  private static JavaClasses importModules() {
    return new ClassFileImporter()
        .importPaths(
            MODULES.stream()
                .map(module -> repository().resolve(module).resolve("target/classes"))
                .toList());
  }

  /** The feature of one of our classes, such as {@code logs}; empty for a foreign class. */
  static String featureOf(JavaClass type) {
    return part(type, 0);
  }

  /** The layer of one of our classes, such as {@code store}; empty for a foreign class. */
  static String layerOf(JavaClass type) {
    return part(type, 1);
  }

  private static String part(JavaClass type, int index) {
    String name = type.getBaseComponentType().getPackageName();
    if (!name.startsWith(ROOT)) {
      return "";
    }
    String[] parts = name.substring(ROOT.length()).split("\\.");
    return index < parts.length ? parts[index] : "";
  }

  /** Classes of a layer. */
  static DescribedPredicate<JavaClass> inLayer(String layer) {
    return DescribedPredicate.describe(
        "are in the layer " + layer, type -> layerOf(type).equals(layer));
  }
}
