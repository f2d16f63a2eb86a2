package io.binnacle.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Entity;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StyleTest {
  @Test
  void everyPackageSaysWhatItIsForAndThatNullIsMarked() throws IOException {
    TreeSet<String> silent = new TreeSet<>();
    for (String module : House.MODULES) {
      Path sources = House.repository().resolve(module).resolve("src/main/java");
      try (Stream<Path> paths = Files.walk(sources)) {
        paths
            .filter(path -> path.toString().endsWith(".java"))
            .map(Path::getParent)
            .distinct()
            .filter(folder -> !isMarked(folder))
            .forEach(folder -> silent.add(House.repository().relativize(folder).toString()));
      }
    }
    assertEquals(
        new TreeSet<>(), silent, "package-info.java says the purpose, and @NullMarked the rule");
  }

  private static boolean isMarked(Path folder) {
    try {
      String text = Files.readString(folder.resolve("package-info.java"));
      return text.contains("NullMarked") && text.startsWith("/**");
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void nothingWritesToTheStandardStreams() {
    NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS
        .because("what an operator should see goes through the log, with its level and request")
        .check(House.CLASSES);
  }

  @Test
  void namesSayWhatThingsDo() {
    noClasses()
        .should()
        .haveSimpleNameEndingWith("Impl")
        .orShould()
        .haveSimpleNameEndingWith("Manager")
        .orShould()
        .haveSimpleNameEndingWith("Helper")
        .orShould()
        .haveSimpleNameEndingWith("Util")
        .orShould()
        .haveSimpleNameEndingWith("Utils")
        .orShould()
        .haveSimpleNameEndingWith("Dto")
        .because("such an ending hides that no name was found for what the class does")
        .check(House.CLASSES);
  }

  @Test
  void transactionsEndByUncheckedExceptionsOnly() {
    methods()
        .that(
            DescribedPredicate.describe(
                "run in a transaction of their own",
                method ->
                    method.isAnnotatedWith(Transactional.class)
                        || method.getOwner().isAnnotatedWith(Transactional.class)))
        .should(Conditions.be("without checked exceptions", StyleTest::throwsNothingChecked))
        .because("a checked exception out of @Transactional commits")
        .check(House.CLASSES);
  }

  private static boolean throwsNothingChecked(JavaMethod method) {
    return method.getThrowsClause().getTypes().stream()
        .allMatch(type -> type.isAssignableTo(RuntimeException.class));
  }

  @Test
  void timersLeaveTransactionsToTheUseCases() {
    classes()
        .that()
        .areAnnotatedWith(Singleton.class)
        .should(
            Conditions.be(
                "with bean-managed transactions",
                (JavaClass type) ->
                    type.isAnnotatedWith(TransactionManagement.class)
                        && type.getAnnotationOfType(TransactionManagement.class).value()
                            == TransactionManagementType.BEAN))
        .because("two use cases called from one timer would otherwise share one transaction")
        .check(House.CLASSES);
    methods()
        .that()
        .areAnnotatedWith(Schedule.class)
        .should(
            Conditions.be(
                "not persistent",
                (JavaMethod method) -> !method.getAnnotationOfType(Schedule.class).persistent()))
        .because("persistent timers stop the application from starting on H2")
        .check(House.CLASSES);
  }

  @Test
  void beansHaveNoPublicFields() {
    noFields()
        .that()
        .areDeclaredInClassesThat()
        .areAnnotatedWith(ApplicationScoped.class)
        .and()
        .areNotStatic()
        .should()
        .bePublic()
        .because("the proxy of a bean has fields of its own, and Liberty refuses to start")
        .check(House.CLASSES);
  }

  @Test
  void nobodyChangesTheIdentityOfAnEntity() {
    Set<String> setters = new TreeSet<>();
    House.CLASSES.stream()
        .filter(type -> type.isAnnotatedWith(Entity.class))
        .flatMap(type -> type.getMethods().stream())
        .filter(method -> method.getName().matches("setI[dD]"))
        .forEach(method -> setters.add(method.getFullName()));
    assertEquals(new TreeSet<>(), setters, "a row stays the row it is");
  }
}
