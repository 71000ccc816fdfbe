package io.touchstone.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchstone.files.commit.CommitStep;
import io.touchstone.jobs.annotate.AnnotateConfig;
import io.touchstone.jobs.annotate.AnnotateReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same command finishes what any death has left, and the output is the undisturbed one. */
final class ResumeTest {

  /** Kills of each torture; a larger count is a matter of patience. */
  private static final int KILLS = Integer.getInteger("touchstone.kills", 30);

  private static final int DRIVER_KILLS = KILLS / 5;
  private static final int PIECES = 40;
  private static final int ROWS = 1_200;

  /** Longer than a process that nobody kills needs, so that some finish. */
  private static final int MOST_MILLIS = 400;

  /** Those of {@link JobProcess}. */
  private static final FakeScorerFactory SCORERS = FakeScorerFactory.named("process");

  @TempDir static Path folder;
  private static Path input;
  private static long pieceBytes;
  private static TreeMap<String, String> undisturbed;
  private static JavaSparkContext spark;

  @BeforeAll
  static void runUndisturbed() throws IOException {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      rows.add(i % 40 == 7 ? "not json " + i : Jobs.row(i, "answer ".repeat(i % 7) + i));
    }
    input = Files.write(folder.resolve("in.jsonl"), rows);
    pieceBytes = Files.size(input) / PIECES + 1;
    spark = new JavaSparkContext(Jobs.spark("local[2]"));
    Path out = folder.resolve("undisturbed");
    Jobs.run(spark, Jobs.config(out, pieceBytes, input.toString()), SCORERS);
    undisturbed = content(out);
    assertThat(undisturbed).hasSizeGreaterThan(PIECES);
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  @AfterEach
  void forget() {
    CommitStep.listen(step -> {});
  }

  /** Everything that users read, by name; the records' times differ from run to run. */
  private static TreeMap<String, String> content(Path out) throws IOException {
    TreeMap<String, String> content = new TreeMap<>();
    for (String name : Jobs.tree(out)) {
      boolean timed = name.equals("_run.json") || name.equals("_plan.json");
      content.put(
          name, timed || name.startsWith("_stats/") ? "" : Files.readString(out.resolve(name)));
    }
    return content;
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CONTENT_DISCARDED")
  void aJobThatDiesAtAnyStepIsFinishedByTheSameCommand(CommitStep step) throws IOException {
    Path out = folder.resolve("dies-at-" + step);
    AnnotateConfig config = Jobs.config(out, pieceBytes, input.toString());
    CommitStep.listen(Death.at(step));
    assertThatThrownBy(() -> Jobs.run(spark, config, SCORERS))
        .hasStackTraceContaining("died when " + step + " was reached");
    CommitStep.listen(now -> {});
    assertThat(out.resolve("_SUCCESS")).doesNotExist();
    finish(out);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CONTENT_DISCARDED")
  void aProcessThatIsGoneAtAnyStepIsFollowedByOneThatFinishes(CommitStep step) throws Exception {
    Path out = folder.resolve("halts-at-" + step);
    try (JobProcess process = start(out, JobProcess.Kind.PLAIN, step + ":1")) {
      assertThat(process.await()).as("exit of the process that died").isEqualTo(99);
    }
    assertThat(out.resolve("_SUCCESS")).doesNotExist();
    finish(out);
  }

  @Test
  void pairsOfProcessesKilledAtRandomTimesLoseNothingAndDoubleNothing() throws Exception {
    long seed = new Random().nextLong();
    System.out.println("ResumeTest: pairs of processes killed with seed " + seed);
    Random random = new Random(seed);
    int kills = 0;
    for (int job = 0; kills < KILLS; job++) {
      Path out = folder.resolve("pairs-" + job);
      while (kills < KILLS && !Files.exists(out.resolve("_SUCCESS"))) {
        try (JobProcess first = start(out, JobProcess.Kind.PLAIN, "");
            JobProcess second = start(out, JobProcess.Kind.PLAIN, "")) {
          first.awaitReady();
          Thread.sleep(random.nextInt(MOST_MILLIS));
          kills += first.kill() ? 1 : 0;
          second.awaitReady();
          Thread.sleep(random.nextInt(MOST_MILLIS));
          kills += second.kill() ? 1 : 0;
        }
      }
      finish(out);
    }
  }

  @Test
  void driversKilledAtRandomTimesLoseNothing() throws Exception {
    long seed = new Random().nextLong();
    System.out.println("ResumeTest: drivers killed with seed " + seed);
    Random random = new Random(seed);
    Path out = folder.resolve("drivers");
    int kills = 0;
    for (int time = 0; time < DRIVER_KILLS; time++) {
      try (JobProcess driver = start(out, JobProcess.Kind.SPARK, "")) {
        driver.awaitReady();
        Thread.sleep(random.nextInt(2 * MOST_MILLIS));
        kills += driver.kill() ? 1 : 0;
      }
    }
    assertThat(kills).as("drivers killed before their end").isPositive();
    finish(out);
  }

  @Test
  void twoDriversOnOneFolderBothFinishAndEachPieceIsThereOnce() throws Exception {
    Path out = folder.resolve("both");
    AnnotateConfig config = Jobs.config(out, pieceBytes, input.toString());
    ExecutorService drivers = Executors.newFixedThreadPool(2);
    List<Future<AnnotateReport>> reports =
        drivers.invokeAll(Collections.nCopies(2, () -> Jobs.run(spark, config, SCORERS)));
    drivers.shutdown();
    for (Future<AnnotateReport> report : reports) {
      assertThat(report.get().totals().in()).isEqualTo(ROWS);
    }
    assertThat(content(out)).isEqualTo(undisturbed);
  }

  private static void finish(Path out) throws IOException {
    AnnotateReport report =
        Jobs.run(spark, Jobs.config(out, pieceBytes, input.toString()), SCORERS);
    assertThat(report.totals().in()).isEqualTo(ROWS);
    assertThat(content(out)).isEqualTo(undisturbed);
  }

  private static JobProcess start(Path out, JobProcess.Kind kind, String haltAt)
      throws IOException {
    return JobProcess.start(new JobProcess.Call(kind, input, out, pieceBytes, haltAt, Harm.NONE));
  }
}
