package io.binnacle.architecture;

import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FeaturesTest {
  /**
   * Which feature may use which, in every layer. The boundary of {@code platform} shows its
   * permissions like everybody else, so it may use the boundary of {@code security}.
   */
  private static final Map<String, Set<String>> MAY_USE =
      Map.of(
          "platform", Set.of(),
          "security", Set.of("platform"),
          "projects", Set.of("platform", "security"),
          "runs", Set.of("platform", "security", "projects"),
          "logs", Set.of("platform", "security", "projects", "runs"),
          "metrics", Set.of("platform", "security", "projects", "runs"));

  @Test
  void everyFeatureStandsInTheTable() {
    TreeSet<String> found = new TreeSet<>();
    House.CLASSES.forEach(type -> found.add(House.featureOf(type)));
    assertEquals(
        new TreeSet<>(MAY_USE.keySet()), found, "a new feature says here which others it may use");
  }

  @Test
  void featuresUseOnlyThoseBelowThem() {
    TreeSet<String> wrong = new TreeSet<>();
    for (JavaClass type : House.CLASSES) {
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        if (!mayUse(type, target)) {
          wrong.add(type.getName() + " uses " + target.getName());
        }
      }
    }
    assertEquals(
        new TreeSet<>(), wrong, "features form a graph without cycles, so each can be understood");
  }

  private static boolean mayUse(JavaClass type, JavaClass target) {
    String from = House.featureOf(type);
    String to = House.featureOf(target);
    if (to.isEmpty() || from.equals(to)) {
      return true;
    }
    boolean permissionsOfPlatform =
        from.equals("platform")
            && to.equals("security")
            && House.layerOf(type).equals("boundary")
            && House.layerOf(target).equals("boundary");
    // Refusals of owned data are counted for a project; the scope is a bare type without behaviour.
    boolean scopeInPlatform =
        from.equals("platform")
            && target.getName().equals("io.binnacle.security.entity.ProjectScope");
    return permissionsOfPlatform
        || scopeInPlatform
        || MAY_USE.getOrDefault(from, Set.of()).contains(to);
  }

  @Test
  void aFeatureReachesOthersThroughTheirUseCases() {
    TreeSet<String> wrong = new TreeSet<>();
    for (JavaClass type : House.CLASSES) {
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        String to = House.featureOf(target);
        if (!to.isEmpty()
            && !to.equals("platform")
            && !to.equals(House.featureOf(type))
            && House.layerOf(target).equals("store")) {
          wrong.add(type.getName() + " uses " + target.getName());
        }
      }
    }
    assertEquals(new TreeSet<>(), wrong, "only a feature itself knows how its data are kept");
  }

  @Test
  void packagesHaveNoCycles() {
    slices()
        .matching("io.binnacle.(*.*)..")
        .should()
        .beFreeOfCycles()
        .ignoreDependency(
            nameMatching("io\\.binnacle\\.platform\\.boundary\\..*"),
            nameMatching("io\\.binnacle\\.security\\.boundary\\.rest\\.(OpenToAll|Requires)"))
        .because("what depends on itself can only be understood as a whole")
        .check(House.CLASSES);
  }

  @Test
  void packagesInsideLogsHaveNoCycles() {
    slices()
        .matching("io.binnacle.logs.(**)")
        .should()
        .beFreeOfCycles()
        .because("each part of a feature can be understood without those that use it")
        .check(House.CLASSES);
  }
}
