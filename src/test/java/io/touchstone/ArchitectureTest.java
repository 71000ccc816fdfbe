package io.touchstone;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Who may import whom: each room names what it may reach, all else is refused. A name with a star
 * stands for a room and all rooms inside it.
 */
final class ArchitectureTest {
  private static final String ROOT = "io.touchstone";

  /** From the ground up: a room may reach those above it in this list, as far as they are named. */
  private static final Map<String, String> MAY_REACH = new LinkedHashMap<>();

  private static void room(String name, String... reached) {
    MAY_REACH.put(name, String.join(" ", reached));
  }

  static {
    room("entry");
    room("problem");
    room("digest");
    room("progress");
    room("reward");
    room("tokenizer");
    room("batch");
    room("tokenizer.transformers", "problem");
    room("checkpoint.config", "problem tokenizer.transformers");
    room("checkpoint.family", "checkpoint.config problem");
    room("checkpoint.safetensors", "problem");
    room("checkpoint.encoder", "checkpoint.config problem");
    room(
        "checkpoint",
        "checkpoint.config checkpoint.encoder checkpoint.family checkpoint.safetensors digest problem"
            + " tokenizer.transformers");
    room("conversation");
    room("conversation.line", "conversation");
    room("conversation.format", "conversation conversation.line problem");
    room("template.jinja*", "template.jinja*");
    room("template", "conversation template.jinja*");
    room("selection.statistics");
    room("selection.formula");
    room("selection.calibration", "reward selection.statistics");
    room("selection", "conversation* digest selection.formula");
    room("selection.benchmark", "conversation* digest selection selection.statistics");
    room("selection.report", "conversation* selection selection.statistics");
    room("selection.report.history", "selection.report selection.statistics");
    room("selection.report.page", "selection.report selection.report.history selection.statistics");
    room("scoring", "batch conversation reward");
    room("scoring.prompt", "batch conversation digest reward scoring template* tokenizer");
    room("scoring.pipeline", "batch conversation* reward scoring");
    room("generation", "conversation reward scoring");
    room("generation.sampling", "checkpoint.config digest generation problem");
    room("generation.text", "generation tokenizer");
    room(
        "generation.prompt",
        "conversation generation reward scoring scoring.prompt template* tokenizer");
    room(
        "generation.recipe",
        "conversation conversation.format conversation.line generation.text problem");
    room("generation.judge", "batch conversation generation generation.recipe reward scoring");
    room(
        "generation.pipeline",
        "digest generation generation.prompt generation.sampling generation.text reward scoring"
            + " tokenizer");
    room(
        "generation.endpoint",
        "checkpoint.config conversation digest generation generation.sampling generation.text problem"
            + " reward scoring");
    room("engine.device", "problem scoring");
    room(
        "engine.program",
        "batch checkpoint checkpoint.config checkpoint.encoder engine.device scoring");
    room(
        "engine.weights",
        "batch checkpoint checkpoint.config checkpoint.safetensors engine.device engine.program problem"
            + " scoring");
    room(
        "engine.passes",
        "batch checkpoint.config engine.device engine.program engine.weights generation scoring");
    room(
        "engine.encoder",
        "batch checkpoint checkpoint.encoder engine.device engine.program engine.weights scoring");
    room(
        "engine",
        "batch checkpoint* digest engine* generation* problem reward scoring scoring.prompt template*"
            + " tokenizer*");
    room("files", "conversation.line problem");
    room("files.columns", "conversation.line problem");
    room("files.read", "conversation* digest files files.columns problem reward");
    room("files.part", "conversation.line files files.columns reward");
    room("files.commit", "conversation* files files.columns files.part files.read problem reward");
    room(
        "files.scan",
        "conversation* files.read problem progress reward selection selection.formula");
    room("ledger", "digest files problem reward scoring scoring.prompt");
    room("jobs", "conversation* files* problem progress reward");
    String jobs = "conversation* files* jobs problem progress reward";
    room("jobs.annotate", jobs, "ledger scoring scoring.pipeline selection selection.formula");
    room("jobs.choose", jobs, "jobs.annotate scoring selection*");
    room("jobs.evaluate", jobs, "jobs.annotate scoring selection*");
    room("jobs.report", jobs, "generation.recipe jobs.annotate selection*");
    room("jobs.calibrate", jobs, "digest jobs.annotate scoring selection*");
    room("jobs.generate", jobs, "digest generation generation.recipe jobs.annotate scoring");
    room(
        "jobs.survey",
        jobs,
        "generation jobs.annotate jobs.generate ledger scoring scoring.pipeline");
    String tasks = "conversation* files* jobs problem progress reward scoring scoring.pipeline";
    room("spark.progress", tasks);
    room("spark.watch", tasks, "spark.progress");
    room("spark.replica", tasks, "spark.progress");
    room("spark.attempt", tasks, "spark.progress");
    room(
        "spark.annotate",
        tasks,
        "jobs.annotate ledger spark.attempt spark.progress spark.replica spark.watch");
    room(
        "spark.generate",
        tasks,
        "digest generation jobs.annotate jobs.generate spark.attempt spark.progress spark.replica"
            + " spark.watch");
    room(
        "spark.choose",
        tasks,
        "jobs.annotate jobs.choose selection* spark.annotate spark.attempt spark.progress");
    room("cli.call", "files jobs.survey problem selection.formula");
    String below =
        "checkpoint* conversation* engine* files* generation* jobs* ledger problem progress reward scoring*"
            + " selection* template* tokenizer.transformers";
    room("cli.settings", below, "cli.call");
    room("cli.text", below, "cli.call cli.settings");
    room("cli.job", below, "cli.call cli.settings cli.text spark*");
    room("cli", below, "cli.call cli.settings cli.text cli.job spark*");
    room(
        "spark.frame",
        "cli.call cli.job cli.settings cli.text conversation.format conversation.line digest"
            + " files.columns files.read jobs.annotate problem reward scoring scoring.pipeline"
            + " spark.annotate spark.replica");
  }

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @TestFactory
  Stream<DynamicTest> roomsImportOnlyWhatTheyMay() {
    return MAY_REACH.keySet().stream()
        .map(room -> DynamicTest.dynamicTest(room, () -> reachesOnlyWhatItMay(room)));
  }

  private static void reachesOnlyWhatItMay(String room) {
    List<String> allowed = List.of((room + " " + MAY_REACH.get(room)).strip().split(" +"));
    Set<String> strayed =
        CLASSES.stream()
            .filter(one -> isIn(one, List.of(room)))
            .flatMap(one -> one.getDirectDependenciesFromSelf().stream())
            .filter(to -> to.getTargetClass().getPackageName().startsWith(ROOT))
            .filter(to -> !isIn(to.getTargetClass().getBaseComponentType(), allowed))
            .map(to -> to.getOriginClass().getSimpleName() + " -> " + to.getTargetClass().getName())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(strayed).as("what %s reaches beside %s", room, allowed).isEmpty();
  }

  private static boolean isIn(JavaClass one, List<String> rooms) {
    String room = roomOf(one);
    return rooms.stream()
        .anyMatch(
            name ->
                name.endsWith("*")
                    ? (room + ".").startsWith(name.substring(0, name.length() - 1) + ".")
                    : room.equals(name));
  }

  private static String roomOf(JavaClass one) {
    String name = one.getPackageName();
    return name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1);
  }

  @Test
  void everyRoomIsOnTheList() {
    assertThat(CLASSES.stream().filter(one -> !isIn(one, List.copyOf(MAY_REACH.keySet()))))
        .isEmpty();
  }

  @Test
  void tensorsStayInTheEngine() {
    librariesStayIn(List.of("ai.djl.ndarray..", "ai.djl.pytorch.."), "engine..");
  }

  @Test
  void tokenizersStayInTheirRoom() {
    librariesStayIn(List.of("ai.djl.huggingface.."), "tokenizer..");
  }

  @Test
  void sparkStaysInItsRoomsAndWhereCommandsStartIt() {
    librariesStayIn(List.of("org.apache.spark..", "scala.."), "spark..", "cli..");
  }

  @Test
  void sparkSqlStaysWithFramesWhichNoJobKnows() {
    librariesStayIn(List.of("org.apache.spark.sql.."), "spark.frame..");
    librariesStayIn(List.of(ROOT + ".spark.frame.."), "spark.frame..");
  }

  @Test
  void hadoopsFilesystemsStayWhereFilesOfClustersAre() {
    librariesStayIn(
        List.of("org.apache.hadoop.."), "files..", "jobs..", "spark..", "cli..", "ledger..");
  }

  @Test
  void picocliStaysInTheCommandLine() {
    librariesStayIn(List.of("picocli.."), "cli..");
  }

  @Test
  void jacksonStaysWhereJsonIs() {
    librariesStayIn(
        List.of("com.fasterxml.jackson.."),
        "conversation..",
        "checkpoint..",
        "tokenizer.transformers..",
        "files..",
        "jobs..",
        "spark..",
        "generation.endpoint..",
        "cli..");
  }

  @Test
  void roomsFormNoCycle() {
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
  }

  private static void librariesStayIn(List<String> libraries, String... rooms) {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            Arrays.stream(rooms).map(room -> ROOT + "." + room).toArray(String[]::new))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(libraries.toArray(String[]::new))
        .check(CLASSES);
  }
}
