package io.touchstone.template.jinja;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The rooms of the template language: each imports only those before it. */
final class JinjaRoomsTest {
  private static final String ENTRANCE = "io.touchstone.template.jinja";
  private static final List<String> ROOMS =
      List.of(
          ENTRANCE + ".python",
          ENTRANCE + ".builtin",
          ENTRANCE + ".tree",
          ENTRANCE + ".syntax",
          ENTRANCE);

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.touchstone");

  @TestFactory
  Stream<DynamicTest> roomsImportOnlyThoseBeforeThem() {
    return IntStream.range(0, ROOMS.size() - 1)
        .mapToObj(
            room -> {
              String[] later = ROOMS.subList(room + 1, ROOMS.size()).toArray(String[]::new);
              return DynamicTest.dynamicTest(
                  ROOMS.get(room),
                  () ->
                      noClasses()
                          .that()
                          .resideInAPackage(ROOMS.get(room))
                          .should()
                          .dependOnClassesThat()
                          .resideInAnyPackage(later)
                          .check(CLASSES));
            });
  }

  @Test
  void othersEnterByTheEntranceAlone() {
    classes()
        .that()
        .resideInAPackage(ENTRANCE + ".*..")
        .should()
        .onlyHaveDependentClassesThat()
        .resideInAPackage(ENTRANCE + "..")
        .check(CLASSES);
  }
}
