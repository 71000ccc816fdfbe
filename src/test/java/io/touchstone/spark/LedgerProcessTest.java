package io.touchstone.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.jobs.annotate.AnnotateConfig;
import io.touchstone.jobs.annotate.AnnotateReport;
import io.touchstone.ledger.Compaction;
import io.touchstone.ledger.EntryCount;
import io.touchstone.ledger.Ledger;
import io.touchstone.ledger.LedgerFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ledger that drivers in processes of their own share, while this one compacts it. */
final class LedgerProcessTest {

  private static final int ROWS = 2_000;

  /** Those of {@link JobProcess}. */
  private static final FakeScorerFactory SCORERS = FakeScorerFactory.named("process");

  @TempDir Path folder;

  @Test
  void twoDriversAndACompactionAtOnceLoseNoScoreAndWriteTheBytesOfJobsWithoutALedger()
      throws Exception {
    Path left = rows("left.jsonl", 0, ROWS);
    Path right = rows("right.jsonl", ROWS / 2, ROWS + ROWS / 2);
    Path all = rows("all.jsonl", 0, ROWS + ROWS / 2);
    String ledger = folder.resolve("ledger").toString();
    LedgerFolder volumes = LedgerFolder.of(ledger, new Configuration());
    volumes.begin();
    int merged = 0;
    try (JobProcess first = start(left, "left-out", ledger);
        JobProcess second = start(right, "right-out", ledger)) {
      first.awaitReady();
      second.awaitReady();
      while (first.isAlive() || second.isAlive()) {
        Compaction done = new Ledger(volumes).compact(new EntryCount());
        merged += done.volumesBefore() - done.volumesAfter();
        assertThat(done.disagreeing()).isZero();
      }
      assertThat(first.await()).as("exit of the first driver").isZero();
      assertThat(second.await()).as("exit of the second driver").isZero();
    }
    assertThat(merged).as("volumes merged while jobs ran").isPositive();
    Compaction last = new Ledger(volumes).compact(new EntryCount());
    assertThat(last.entries()).isEqualTo((ROWS + ROWS / 2) * 49L / 50);
    assertThat(new Ledger(volumes).verify(new EntryCount())).isEqualTo(last.entries());
    try (JavaSparkContext spark = new JavaSparkContext(Jobs.spark("local[2]"))) {
      AnnotateReport known =
          Jobs.run(spark, Jobs.withLedger(config(all, "known"), ledger), SCORERS);
      assertThat(known.totals().computedTokens()).isZero();
      for (Path input : List.of(left, right, all)) {
        Jobs.run(spark, config(input, "plain-" + input.getFileName()), SCORERS);
      }
    }
    assertThat(result("left-out")).isEqualTo(result("plain-left.jsonl"));
    assertThat(result("right-out")).isEqualTo(result("plain-right.jsonl"));
    assertThat(result("known")).isEqualTo(result("plain-all.jsonl"));
  }

  private Path rows(String name, int from, int to) throws IOException {
    List<String> rows = new ArrayList<>();
    for (int i = from; i < to; i++) {
      rows.add(i % 50 == 9 ? "not json " + i : Jobs.row(i, "answer ".repeat(i % 7) + i));
    }
    return Files.write(folder.resolve(name), rows);
  }

  private JobProcess start(Path input, String output, String ledger) throws IOException {
    return JobProcess.start(
        new JobProcess.Call(
            JobProcess.Kind.SPARK,
            input.toString(),
            folder.resolve(output).toString(),
            pieceBytes(input),
            "",
            Harm.NONE,
            ledger));
  }

  private AnnotateConfig config(Path input, String output) throws IOException {
    return Jobs.config(folder.resolve(output), pieceBytes(input), input.toString());
  }

  private static long pieceBytes(Path input) throws IOException {
    return Files.size(input) / 50 + 1;
  }

  private String result(String output) throws IOException {
    Path out = folder.resolve(output);
    return Jobs.parts(out) + Jobs.parts(out.resolve("_rejected"));
  }
}
