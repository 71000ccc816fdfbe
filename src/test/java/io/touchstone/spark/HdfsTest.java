package io.touchstone.spark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchstone.conversation.line.RawLine;
import io.touchstone.files.commit.OutputFolder;
import io.touchstone.files.commit.PieceOutput;
import io.touchstone.jobs.annotate.AnnotateConfig;
import io.touchstone.jobs.annotate.AnnotateReport;
import io.touchstone.reward.Rejected;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commit, and what is read, on a real HDFS. */
final class HdfsTest extends RemoteCommits {

  private static final int KILLS = Integer.getInteger("touchstone.kills", 30) / 5;

  /** Longer than a process that nobody kills needs, so that some finish. */
  private static final int MOST_MILLIS = 2_000;

  @TempDir static java.nio.file.Path local;
  private MiniDFSCluster cluster;

  HdfsTest() {
    super("hdfs", 240, 8);
  }

  @BeforeAll
  void startHdfs() throws IOException {
    Configuration hadoop = new Configuration();
    hadoop.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, local.resolve("hdfs").toString());
    cluster = new MiniDFSCluster.Builder(hadoop).numDataNodes(1).build();
    cluster.waitActive();
    // Not the cluster's own client, which would then be the job's as well.
    begin(
        FileSystem.newInstance(cluster.getURI(), hadoop),
        new Configuration(),
        new JavaSparkContext(Jobs.spark("local[2]")));
  }

  @AfterAll
  void stopHdfs() throws IOException {
    spark.stop();
    files.close();
    cluster.shutdown();
  }

  @Override
  public String path(String name) {
    return files.getUri() + "/" + name;
  }

  @Test
  void readsAndWritesWhatItDoesOnALocalDisk() throws IOException {
    java.nio.file.Path lines = local.resolve("in.jsonl");
    java.nio.file.Files.writeString(lines, read(new Path(input)));
    java.nio.file.Path out = local.resolve("out");
    Jobs.run(spark, Jobs.config(out, pieceBytes, lines.toString()), scorers);
    assertThat(undisturbed.keySet()).containsExactlyElementsOf(Jobs.tree(out));
    StringBuilder parts = new StringBuilder();
    undisturbed.forEach((name, text) -> parts.append(name.startsWith("part-") ? text : ""));
    assertThat(parts.toString()).isEqualTo(Jobs.parts(out)).hasLineCount(rows - 6);
    assertThat(run("undisturbed").alreadyDone()).isTrue();
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
    assertThat(run("discarded").totals().in()).isEqualTo(rows);
    assertThat(content("discarded")).isEqualTo(undisturbed);
  }

  @Test
  void aFileThatADeadWriterHasLeftOpenIsNoHindrance() throws IOException {
    OutputFolder folder = begun("open");
    OutputStream open = folder.store().create(folder.layout().attemptPart(0, "dead"));
    open.write("half a li".getBytes(UTF_8));
    assertThat(run("open").totals().in()).isEqualTo(rows);
    assertThat(content("open")).isEqualTo(undisturbed);
  }

  @Test
  void processesKilledAtRandomTimesLoseNothingAndDoubleNothing() throws Exception {
    long seed = new Random().nextLong();
    System.out.println("HdfsTest: processes killed with seed " + seed);
    Random random = new Random(seed);
    long small = pieceBytes / 4;
    FakeScorerFactory theirs = FakeScorerFactory.named("process");
    Jobs.run(spark, Jobs.config(path("not-killed"), small, input), theirs);
    int kills = 0;
    for (int job = 0; kills < KILLS; job++) {
      String out = "killed-" + job;
      while (kills < KILLS && !files.exists(new Path(path(out), "_SUCCESS"))) {
        JobProcess.Kind kind = kills % 3 == 2 ? JobProcess.Kind.SPARK : JobProcess.Kind.PLAIN;
        JobProcess.Call call =
            new JobProcess.Call(kind, input, path(out), small, "", Harm.NONE, "");
        try (JobProcess process = JobProcess.start(call)) {
          process.awaitReady();
          Thread.sleep(random.nextInt(MOST_MILLIS));
          kills += process.kill() ? 1 : 0;
        }
      }
      AnnotateReport report = Jobs.run(spark, Jobs.config(path(out), small, input), theirs);
      assertThat(report.totals().in()).isEqualTo(rows);
      assertThat(content(out)).isEqualTo(content("not-killed"));
    }
  }

  @Test
  void readsPiecesAcrossBlocks() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 60_000; i++) {
      lines.append(Jobs.row(i, "x")).append('\n');
    }
    Path blocks = new Path(path("blocks.jsonl"));
    try (OutputStream out = files.create(blocks, true, 4096, (short) 1, 1 << 20)) {
      out.write(lines.toString().getBytes(UTF_8));
    }
    assertThat(files.getFileBlockLocations(blocks, 0, lines.length())).hasSizeGreaterThan(2);
    AnnotateConfig config = Jobs.config(path("blocks-out"), 700_001, blocks.toString());
    assertThat(Jobs.run(spark, config, scorers).totals().out()).isEqualTo(60_000);
  }
}
