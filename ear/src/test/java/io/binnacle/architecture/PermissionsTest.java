package io.binnacle.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import io.binnacle.security.entity.ProjectScope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.HttpMethod;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PermissionsTest {
  private static final String SECURITY = "io.binnacle.security.boundary.rest.";

  /** Features whose rows belong to projects. */
  private static final Set<String> OWNED = Set.of("projects", "runs", "logs", "metrics");

  @Test
  void everyRestMethodSaysWhoMayCallIt() {
    methods()
        .that(
            DescribedPredicate.describe(
                "answer HTTP requests", method -> method.isMetaAnnotatedWith(HttpMethod.class)))
        .should(
            Conditions.be(
                "declared with @Requires or @OpenToAll, or in a class that is",
                PermissionsTest::declaresPermission))
        .because("nothing is open because somebody forgot")
        .check(House.CLASSES);
  }

  private static boolean declaresPermission(JavaMethod method) {
    return method.isAnnotatedWith(SECURITY + "Requires")
        || method.isAnnotatedWith(SECURITY + "OpenToAll")
        || method.getOwner().isAnnotatedWith(SECURITY + "Requires");
  }

  @Test
  void onlySecurityGrantsTheScopeOfAProject() {
    noClasses()
        .that(
            DescribedPredicate.describe(
                "are not of security", type -> !House.featureOf(type).equals("security")))
        .should()
        .callMethod(ProjectScope.class, "granted", long.class)
        .because("a scope is the proof that somebody checked the caller's membership")
        .check(House.CLASSES);
  }

  @Test
  void everyQueryOfOwnedDataTakesAScope() {
    TreeSet<String> unscoped = new TreeSet<>();
    for (JavaClass type : House.CLASSES) {
      boolean store =
          House.layerOf(type).equals("store")
              && OWNED.contains(House.featureOf(type))
              && type.isAnnotatedWith(ApplicationScoped.class);
      if (store) {
        type.getMethods().stream()
            .filter(PermissionsTest::answersWithoutScope)
            .forEach(method -> unscoped.add(type.getSimpleName() + "." + method.getName()));
      }
    }
    assertEquals(
        new TreeSet<>(Unscoped.METHODS.keySet()),
        unscoped,
        "another project's data are not there: a query can't forget what its parameter proves");
  }

  private static boolean answersWithoutScope(JavaMethod method) {
    return method.getModifiers().contains(JavaModifier.PUBLIC)
        && !method.getRawReturnType().getName().equals("void")
        && method.getRawParameterTypes().stream().noneMatch(PermissionsTest::holdsScope);
  }

  private static boolean holdsScope(JavaClass parameter) {
    return isScope(parameter)
        || parameter.getFields().stream().anyMatch(field -> isScope(field.getRawType()));
  }

  private static boolean isScope(JavaClass type) {
    return type.isEquivalentTo(ProjectScope.class);
  }
}
