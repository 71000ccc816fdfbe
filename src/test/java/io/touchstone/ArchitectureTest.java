package io.touchstone;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Who may import whom: each room names what it may reach, all else is refused. */
final class ArchitectureTest {
  private static final String ROOT = "io.touchstone.";
  private static final Map<String, Set<String>> MAY_IMPORT =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("conversation", Set.of()),
              Map.entry("reward", Set.of()),
              Map.entry("template", Set.of("conversation")),
              Map.entry("tokenizer", Set.of()),
              Map.entry("batch", Set.of()),
              Map.entry("checkpoint", Set.of()),
              Map.entry("selection", Set.of("conversation", "reward")),
              Map.entry(
                  "scoring", Set.of("conversation", "reward", "template", "tokenizer", "batch")),
              Map.entry(
                  "engine",
                  Set.of(
                      "conversation",
                      "reward",
                      "template",
                      "tokenizer",
                      "batch",
                      "checkpoint",
                      "scoring")),
              Map.entry("ledger", Set.of("reward", "scoring")),
              Map.entry(
                  "spark", Set.of("conversation", "reward", "selection", "scoring", "ledger"))));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.touchstone");

  @TestFactory
  Stream<DynamicTest> roomsImportOnlyWhatTheyMay() {
    return MAY_IMPORT.keySet().stream()
        .map(
            room -> DynamicTest.dynamicTest(room, () -> mayNotReachTheOthers(room).check(CLASSES)));
  }

  private static ArchRule mayNotReachTheOthers(String room) {
    String[] others =
        Stream.concat(MAY_IMPORT.keySet().stream(), Stream.of("cli"))
            .filter(other -> !other.equals(room) && !MAY_IMPORT.get(room).contains(other))
            .map(other -> ROOT + other + "..")
            .toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage(ROOT + room + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others);
  }

  @Test
  void tensorsStayInTheEngine() {
    librariesStayIn(List.of("ai.djl.ndarray..", "ai.djl.pytorch.."), "engine");
  }

  @Test
  void tokenizersStayInTheirRoom() {
    librariesStayIn(List.of("ai.djl.huggingface.."), "tokenizer");
  }

  @Test
  void sparkStaysInItsRoomAndTheCommandLine() {
    librariesStayIn(List.of("org.apache.spark..", "scala.."), "spark", "cli");
  }

  @Test
  void hadoopsFilesystemsStayWhereFilesOfClustersAre() {
    librariesStayIn(List.of("org.apache.hadoop.."), "spark", "cli", "ledger");
  }

  @Test
  void picocliStaysInTheCommandLine() {
    librariesStayIn(List.of("picocli.."), "cli");
  }

  @Test
  void jacksonStaysWhereJsonIs() {
    librariesStayIn(
        List.of("com.fasterxml.jackson.."), "conversation", "checkpoint", "spark", "cli");
  }

  @Test
  void roomsFormNoCycle() {
    slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  private static void librariesStayIn(List<String> libraries, String... rooms) {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            Stream.of(rooms).map(room -> ROOT + room + "..").toArray(String[]::new))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(libraries.toArray(String[]::new))
        .check(CLASSES);
  }
}
