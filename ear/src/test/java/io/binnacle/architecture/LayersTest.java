package io.binnacle.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.binnacle.platform.store.Vacuum;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class LayersTest {
  private static final int LEAST_CLASSES = 300;

  @Test
  void theRulesSeeTheWholeApplication() {
    assertTrue(
        House.CLASSES.size() >= LEAST_CLASSES,
        "Only " + House.CLASSES.size() + " classes were imported: were the modules compiled?");
  }

  @Test
  void everyModuleHoldsItsLayersOnly() {
    TreeSet<String> misplaced = new TreeSet<>();
    for (String module : House.MODULES) {
      List<String> layers = House.LAYERS_OF_MODULES.get(module);
      new ClassFileImporter()
          .importPath(House.repository().resolve(module).resolve("target/classes")).stream()
              .filter(type -> !layers.contains(House.layerOf(type)))
              .forEach(type -> misplaced.add(module + ": " + type.getName()));
    }
    assertEquals(
        new TreeSet<>(), misplaced, "the module is the layer, so that code is found in one guess");
  }

  @Test
  void callsRunFromWebToEjbToPersistenceAndNeverBack() {
    noClasses()
        .that(House.inLayer("entity").or(House.inLayer("store")))
        .should()
        .dependOnClassesThat(House.inLayer("control").or(House.inLayer("boundary")))
        .because("persistence is below the use cases")
        .check(House.CLASSES);
    noClasses()
        .that(House.inLayer("control"))
        .should()
        .dependOnClassesThat(House.inLayer("boundary"))
        .because("a use case serves REST, WebSocket, pages and timers alike")
        .check(House.CLASSES);
    noClasses()
        .that(House.inLayer("entity"))
        .should()
        .dependOnClassesThat(House.inLayer("store"))
        .because("an entity knows its rules, not how it is kept")
        .check(House.CLASSES);
  }

  @Test
  void storesStayBehindTheUseCases() {
    noClasses()
        .that(House.inLayer("boundary"))
        .should()
        .dependOnClassesThat(House.inLayer("store"))
        .because("a store is called inside a transaction only, and use cases begin those")
        .check(House.CLASSES);
  }

  @Test
  void entitiesStayBehindTheUseCases() {
    noClasses()
        .that(House.inLayer("boundary"))
        .should()
        .dependOnClassesThat(
            DescribedPredicate.describe(
                "are JPA entities",
                type ->
                    type.isAnnotatedWith(Entity.class) || type.isAnnotatedWith(Embeddable.class)))
        .because("what leaves a use case is a read record: an entity outside its transaction lies")
        .check(House.CLASSES);
  }

  @Test
  void onlyStoresTalkToTheDatabase() {
    noClasses()
        .that(DescribedPredicate.not(House.inLayer("store")))
        .and(DescribedPredicate.not(mayConnect()))
        .should()
        .dependOnClassesThat(
            DescribedPredicate.describe(
                "are EntityManager, or of java.sql or javax.sql",
                type ->
                    type.isEquivalentTo(EntityManager.class)
                        || type.getPackageName().equals("java.sql")
                        || type.getPackageName().equals("javax.sql")))
        .because("all SQL is found in one kind of place, and H2 and MySQL differ nowhere else")
        .check(House.CLASSES);
  }

  /** Migrations make the tables; ConflictRetry only looks at the kind of an exception. */
  private static DescribedPredicate<JavaClass> mayConnect() {
    return DescribedPredicate.describe(
        "may see java.sql",
        type ->
            type.getName().equals("io.binnacle.platform.control.Migrations")
                || type.getName().equals("io.binnacle.platform.control.ConflictRetry"));
  }

  @Test
  void onlyTheVacuumReachesIntoH2() {
    noClasses()
        .that()
        .areNotAssignableTo(Vacuum.class)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.h2..")
        .because(
            "a server without H2 runs on MySQL, and what is inside H2 changes with each release")
        .check(House.CLASSES);
  }

  @Test
  void entitiesAndStoresBearTheirKindInTheirPackage() {
    classes()
        .that()
        .areAnnotatedWith(Entity.class)
        .should(Conditions.be("in an entity package", type -> House.layerOf(type).equals("entity")))
        .because("a feature's tables are found in its entity package")
        .check(House.CLASSES);
  }

  @Test
  void whatIsOfTheRestApiIsInItsPackage() {
    classes()
        .that()
        .areAnnotatedWith(Path.class)
        .or()
        .areAnnotatedWith(Provider.class)
        .should()
        .resideInAPackage("..boundary.rest")
        .because("an endpoint is found in one guess")
        .check(House.CLASSES);
  }

  @Test
  void whatHoldsForEveryRequestDoesNotKnowTheApi() {
    noClasses()
        .that()
        .resideInAPackage("..boundary.http")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("..boundary.rest", "..boundary.push")
        .because("filters serve REST, sockets and pages alike, and those build on them")
        .check(House.CLASSES);
    noClasses()
        .that()
        .areAssignableTo(Filter.class)
        .or()
        .areAssignableTo(HttpServlet.class)
        .should()
        .resideInAPackage("..boundary.rest")
        .because("what speaks the language of servlets is no endpoint of the API")
        .check(House.CLASSES);
  }
}
