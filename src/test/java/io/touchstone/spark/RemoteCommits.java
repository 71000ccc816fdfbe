package io.touchstone.spark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchstone.files.commit.CommitPromises;
import io.touchstone.files.commit.CommitStep;
import io.touchstone.files.commit.OutputFolder;
import io.touchstone.files.commit.PieceCommit;
import io.touchstone.files.commit.PieceOutput;
import io.touchstone.files.commit.PieceOutputTest;
import io.touchstone.jobs.annotate.AnnotateConfig;
import io.touchstone.jobs.annotate.AnnotatePlan;
import io.touchstone.jobs.annotate.AnnotateReport;
import io.touchstone.jobs.generate.GenerateConfig;
import io.touchstone.jobs.generate.GeneratePlan;
import io.touchstone.spark.annotate.AnnotateJob;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The promises of a store, and those of {@link ResumeTest} and {@link PieceOutputTest}, on a
 * filesystem that is not local.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RemoteCommits implements CommitPromises {

  final FakeScorerFactory scorers;
  final int rows;
  final int pieces;
  FileSystem files;
  Configuration hadoop;
  JavaSparkContext spark;
  String input;
  long pieceBytes;
  TreeMap<String, String> undisturbed;

  record Counts(String by) {}

  RemoteCommits(String name, int rows, int pieces) {
    this.scorers = FakeScorerFactory.named(name);
    this.rows = rows;
    this.pieces = pieces;
  }

  /** Writes the input and the result that every other one must equal. */
  void begin(FileSystem files, Configuration hadoop, JavaSparkContext spark) throws IOException {
    this.files = files;
    this.hadoop = hadoop;
    this.spark = spark;
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < rows; i++) {
      lines.append(i % 40 == 7 ? "not json " + i : Jobs.row(i, "answer ".repeat(i % 7) + i));
      lines.append('\n');
    }
    input = path("in.jsonl");
    try (OutputStream out = files.create(new Path(input))) {
      out.write(lines.toString().getBytes(UTF_8));
    }
    pieceBytes = lines.length() / pieces + 1L;
    run("undisturbed");
    undisturbed = content("undisturbed");
    assertThat(undisturbed.keySet())
        .contains("_SUCCESS", "_run.json", "_rejected/part-00000.jsonl")
        .contains("part-0000" + (pieces - 1) + ".jsonl")
        .noneMatch(name -> name.startsWith("_tmp"));
  }

  @Test
  void rowsThatAnAttemptHasFinishedAreTakenByTheNextOne() throws Exception {
    FakeGeneratorFactory generators = FakeGeneratorFactory.named("rows on " + path(""));
    GenerateConfig config = GenerateJobs.config(path("generated"), Long.MAX_VALUE, List.of(input));
    GeneratePlan plan = GeneratePlan.of(config, hadoop, generators.description());
    CommitStep.listen(Death.at(CommitStep.RECORD_WRITTEN));
    assertThatThrownBy(() -> GenerateProcess.run(plan, generators, hadoop))
        .isInstanceOf(ExecutionException.class);
    CommitStep.listen(step -> {});
    long answered = generators.answered();
    assertThat(answered).isBetween(rows - rows / 40L - 1, (long) rows);
    GenerateProcess.run(plan, generators, hadoop);
    assertThat(generators.answered()).isEqualTo(answered);
    assertThat(read(new Path(path("generated/part-00000.jsonl")))).hasLineCount((int) answered);
    assertThat(content("generated").keySet()).noneMatch(name -> name.startsWith("_tmp"));
  }

  @AfterEach
  void forget() {
    CommitStep.listen(step -> {});
  }

  @Override
  public Configuration hadoop() {
    return hadoop;
  }

  AnnotateConfig config(String out) {
    return Jobs.config(path(out), pieceBytes, input);
  }

  AnnotatePlan plan(String out) {
    return AnnotatePlan.of(config(out), hadoop, scorers.model());
  }

  AnnotateReport run(String out) {
    return AnnotateJob.run(spark, plan(out), scorers, progress -> {});
  }

  String read(Path file) throws IOException {
    try (InputStream in = files.open(file)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  /** Everything that users read, by name; the records' times differ from run to run. */
  TreeMap<String, String> content(String out) throws IOException {
    TreeMap<String, String> content = new TreeMap<>();
    RemoteIterator<LocatedFileStatus> found = files.listFiles(new Path(path(out)), true);
    while (found.hasNext()) {
      Path file = found.next().getPath();
      String name = file.toString().substring(path(out).length() + 1);
      boolean timed = name.startsWith("_") && !name.startsWith("_rejected/");
      content.put(name, timed ? "" : read(file));
    }
    return content;
  }

  OutputFolder begun(String out) throws IOException {
    OutputFolder folder = plan(out).folder(hadoop);
    folder.begin();
    return folder;
  }

  PieceOutput attempt(OutputFolder folder, String name) throws IOException {
    PieceOutput piece = new PieceOutput(folder.forAttempts(), 0, 1 << 20, name);
    piece.row(("by " + name).getBytes(UTF_8));
    return piece;
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CONTENT_DISCARDED")
  void aJobThatDiesAtAnyStepIsFinishedByTheSameCommand(CommitStep step) throws IOException {
    String out = "dies-at-" + step;
    CommitStep.listen(Death.at(step));
    assertThatThrownBy(() -> run(out))
        .hasStackTraceContaining("died when " + step + " was reached");
    CommitStep.listen(now -> {});
    assertThat(files.exists(new Path(path(out), "_SUCCESS"))).isFalse();
    assertThat(run(out).totals().in()).isEqualTo(rows);
    assertThat(content(out)).isEqualTo(undisturbed);
  }

  @Test
  void twoDriversOnOneFolderBothFinishAndEachPieceIsThereOnce() throws Exception {
    ExecutorService drivers = Executors.newFixedThreadPool(2);
    List<Future<AnnotateReport>> reports =
        drivers.invokeAll(Collections.nCopies(2, () -> run("both")));
    drivers.shutdown();
    for (Future<AnnotateReport> report : reports) {
      assertThat(report.get().totals().in()).isEqualTo(rows);
    }
    assertThat(content("both")).isEqualTo(undisturbed);
  }

  @Test
  void ofAttemptsThatRaceOneCommitsWithItsOwnRows() throws Exception {
    int attempts = 8;
    ExecutorService threads = Executors.newFixedThreadPool(attempts);
    for (int round = 0; round < 5; round++) {
      OutputFolder folder = begun("race-" + round);
      CyclicBarrier start = new CyclicBarrier(attempts);
      List<Callable<Boolean>> racers = new ArrayList<>();
      for (int racer = 0; racer < attempts; racer++) {
        String name = "racer-" + racer;
        racers.add(
            () -> {
              try (PieceOutput piece = attempt(folder, name)) {
                piece.finish();
                start.await();
                return piece.commit(new Counts(name));
              }
            });
      }
      List<String> winners = new ArrayList<>();
      List<Future<Boolean>> results = threads.invokeAll(racers);
      for (int racer = 0; racer < attempts; racer++) {
        if (results.get(racer).get()) {
          winners.add("racer-" + racer);
        }
      }
      assertThat(winners).hasSize(1);
      assertThat(PieceCommit.read(folder.forAttempts(), 0).attempt()).isEqualTo(winners.get(0));
      assertThat(read(folder.layout().part(0))).isEqualTo("by " + winners.get(0) + "\n");
      assertThat(folder.store().list(folder.layout().attemptsFolder()))
          .filteredOn(FileStatus::isFile)
          .isEmpty();
    }
    threads.shutdown();
  }
}
