package io.touchstone.spark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchstone.conversation.RawLine;
import io.touchstone.reward.Rejected;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The promise of {@link ResumeTest} and {@link PieceOutputTest} on a real HDFS. */
final class HdfsTest {

  private static final int ROWS = 240;
  private static final int PIECES = 8;
  private static final FakeScorerFactory SCORERS = FakeScorerFactory.named("hdfs");

  record Counts(String by) {}

  @TempDir static java.nio.file.Path local;
  private static MiniDFSCluster cluster;
  private static FileSystem files;
  private static JavaSparkContext spark;
  private static String input;
  private static long pieceBytes;
  private static TreeMap<String, String> undisturbed;

  @BeforeAll
  static void startHdfs() throws IOException {
    Configuration hadoop = new Configuration();
    hadoop.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, local.resolve("hdfs").toString());
    cluster = new MiniDFSCluster.Builder(hadoop).numDataNodes(1).build();
    cluster.waitActive();
    files = cluster.getFileSystem();
    spark = new JavaSparkContext(Jobs.spark("local[2]"));
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < ROWS; i++) {
      rows.append(i % 40 == 7 ? "not json " + i : Jobs.row(i, "answer ".repeat(i % 7) + i));
      rows.append('\n');
    }
    input = path("in.jsonl");
    try (OutputStream out = files.create(new Path(input))) {
      out.write(rows.toString().getBytes(UTF_8));
    }
    pieceBytes = rows.length() / PIECES + 1L;
    run("undisturbed");
    undisturbed = content("undisturbed");
  }

  @AfterAll
  static void stopHdfs() {
    spark.stop();
    cluster.shutdown();
  }

  @AfterEach
  void forget() {
    CommitStep.listen(step -> {});
  }

  private static String path(String name) {
    return files.getUri() + "/" + name;
  }

  private static AnnotateConfig config(String out) {
    return Jobs.config(path(out), pieceBytes, input);
  }

  private static AnnotateReport run(String out) {
    return Jobs.run(spark, config(out), SCORERS);
  }

  private static String read(Path file) throws IOException {
    try (InputStream in = files.open(file)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  /** Everything that users read, by name; the records' times differ from run to run. */
  private static TreeMap<String, String> content(String out) throws IOException {
    TreeMap<String, String> content = new TreeMap<>();
    RemoteIterator<LocatedFileStatus> found = files.listFiles(new Path(path(out)), true);
    while (found.hasNext()) {
      Path file = found.next().getPath();
      String name = file.toString().substring(path(out).length() + 1);
      boolean timed = name.equals("run.json") || name.startsWith("_");
      content.put(name, timed ? "" : read(file));
    }
    return content;
  }

  private static OutputFolder begun(String out) throws IOException {
    OutputFolder folder = OutputFolder.of(Jobs.plan(config(out), SCORERS), new Configuration());
    folder.begin();
    return folder;
  }

  private static PieceOutput attempt(OutputFolder folder, String name) throws IOException {
    PieceOutput piece = new PieceOutput(folder.placement(), folder.layout(), 0, name);
    piece.row(("by " + name).getBytes(UTF_8));
    return piece;
  }

  @Test
  void readsAndWritesWhatItDoesOnALocalDisk() throws IOException {
    java.nio.file.Path rows = local.resolve("in.jsonl");
    java.nio.file.Files.writeString(rows, read(new Path(input)));
    java.nio.file.Path out = local.resolve("out");
    Jobs.run(spark, Jobs.config(out, pieceBytes, rows.toString()), SCORERS);
    assertThat(undisturbed.keySet()).containsExactlyElementsOf(Jobs.tree(out));
    StringBuilder parts = new StringBuilder();
    undisturbed.forEach((name, text) -> parts.append(name.startsWith("part-") ? text : ""));
    assertThat(parts.toString()).isEqualTo(Jobs.parts(out)).hasLineCount(ROWS - 6);
    assertThat(run("undisturbed").alreadyDone()).isTrue();
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
    assertThat(run(out).totals().in()).isEqualTo(ROWS);
    assertThat(content(out)).isEqualTo(undisturbed);
  }

  @Test
  void twoDriversOnOneFolderBothFinishAndEachPieceIsThereOnce() throws Exception {
    ExecutorService drivers = Executors.newFixedThreadPool(2);
    List<Future<AnnotateReport>> reports =
        drivers.invokeAll(Collections.nCopies(2, () -> run("both")));
    drivers.shutdown();
    for (Future<AnnotateReport> report : reports) {
      assertThat(report.get().totals().in()).isEqualTo(ROWS);
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
      assertThat(PieceCommit.read(folder.placement(), folder.layout(), 0).attempt())
          .isEqualTo(winners.get(0));
      assertThat(read(folder.layout().part(0))).isEqualTo("by " + winners.get(0) + "\n");
      assertThat(folder.placement().list(folder.layout().attemptsFolder()))
          .filteredOn(FileStatus::isFile)
          .isEmpty();
    }
    threads.shutdown();
  }

  @Test
  void whatAnAttemptOfADiscardedRunHasWrittenCannotBeCommitted() throws IOException {
    OutputFolder first = begun("discarded");
    PieceOutput zombie = attempt(first, "zombie");
    zombie.rejected(
        new RawLine.Whole("hdfs:/in", 0, "no row".getBytes(UTF_8)), new Rejected("late", "late"));
    first.discard();
    begun("discarded");
    assertThatThrownBy(
            () -> {
              zombie.finish();
              zombie.commit(new Counts("zombie"));
            })
        .isInstanceOf(IOException.class);
    assertThat(run("discarded").totals().in()).isEqualTo(ROWS);
    assertThat(content("discarded")).isEqualTo(undisturbed);
  }

  @Test
  void aFileThatADeadWriterHasLeftOpenIsNoHindrance() throws IOException {
    OutputFolder folder = begun("open");
    OutputStream open = folder.placement().create(folder.layout().attemptPart(0, "dead"));
    open.write("half a li".getBytes(UTF_8));
    assertThat(run("open").totals().in()).isEqualTo(ROWS);
    assertThat(content("open")).isEqualTo(undisturbed);
  }

  @Test
  void readsPiecesAcrossBlocks() throws IOException {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 60_000; i++) {
      rows.append(Jobs.row(i, "x")).append('\n');
    }
    Path blocks = new Path(path("blocks.jsonl"));
    try (OutputStream out = files.create(blocks, true, 4096, (short) 1, 1 << 20)) {
      out.write(rows.toString().getBytes(UTF_8));
    }
    assertThat(files.getFileBlockLocations(blocks, 0, rows.length())).hasSizeGreaterThan(2);
    AnnotateConfig config = Jobs.config(path("blocks-out"), 700_001, blocks.toString());
    assertThat(Jobs.run(spark, config, SCORERS).totals().out()).isEqualTo(60_000);
  }
}
