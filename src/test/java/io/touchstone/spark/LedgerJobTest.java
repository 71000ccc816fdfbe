package io.touchstone.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.touchstone.files.commit.CommitStep;
import io.touchstone.jobs.annotate.AnnotateConfig;
import io.touchstone.jobs.annotate.AnnotateReport;
import io.touchstone.problem.JobException;
import io.touchstone.problem.Refused;
import io.touchstone.scoring.ScorerFactory;
import io.touchstone.scoring.pipeline.KnownTotals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that remember scores. */
final class LedgerJobTest {

  private static JavaSparkContext spark;

  @TempDir Path folder;

  @BeforeAll
  static void startSpark() {
    spark = new JavaSparkContext(Jobs.spark("local[2,2]"));
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  private Path rows(String name, int from, int to) throws IOException {
    List<String> rows = new ArrayList<>();
    for (int i = from; i < to; i++) {
      rows.add(i % 50 == 9 ? "not json " + i : Jobs.row(i, "answer ".repeat(i % 7) + i));
    }
    return Files.write(folder.resolve(name), rows);
  }

  private AnnotateConfig config(String output, Path... inputs) {
    return Jobs.config(
        folder.resolve(output),
        2_000,
        Stream.of(inputs).map(Path::toString).toArray(String[]::new));
  }

  private AnnotateReport run(AnnotateConfig config, String ledger, ScorerFactory scorers) {
    return Jobs.run(spark, Jobs.withLedger(config, folder.resolve(ledger).toString()), scorers);
  }

  private List<Path> volumes(String ledger) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(ledger))) {
      return files.filter(file -> file.toString().endsWith(".scores")).sorted().toList();
    }
  }

  private static String result(Path output) throws IOException {
    return Jobs.parts(output) + Jobs.parts(output.resolve("_rejected"));
  }

  @Test
  void theSecondNightRunsOnlyWhatIsNewAndWritesTheSameBytes() throws IOException {
    FakeScorerFactory scorers = FakeScorerFactory.named("nights");
    Path old = rows("old.jsonl", 0, 300);
    Path more = rows("more.jsonl", 310, 330);
    Jobs.run(spark, config("plain", old, more), scorers);
    AnnotateReport first = run(config("first", old), "ledger", scorers);
    assertThat(first.totals().known()).isEqualTo(new KnownTotals(0, 0, 0, 294));

    AnnotateReport again = run(config("again", old), "ledger", scorers);
    assertThat(again.totals().computedTokens()).isZero();
    assertThat(again.totals().known())
        .isEqualTo(new KnownTotals(294, 294, first.totals().computedTokens(), 0));
    assertThat(result(folder.resolve("again"))).isEqualTo(result(folder.resolve("first")));

    AnnotateReport second = run(config("second", old, more), "ledger", scorers);
    assertThat(second.totals().known().rows()).isEqualTo(294);
    assertThat(second.totals().known().added()).isEqualTo(20);
    assertThat(second.totals().computedTokens())
        .isEqualTo(second.totals().presentedTokens() - first.totals().presentedTokens());
    assertThat(result(folder.resolve("second"))).isEqualTo(result(folder.resolve("plain")));
    assertThat(
            new ObjectMapper()
                .readTree(Files.readString(folder.resolve("second/_run.json")))
                .get("known")
                .toString())
        .isEqualTo(
            "{\"rows\":294,\"prompts\":294,\"tokens\":"
                + first.totals().computedTokens()
                + ",\"added\":20}");
  }

  @Test
  void anotherModelKnowsNothing() throws IOException {
    Path input = rows("in.jsonl", 0, 60);
    AnnotateReport one = run(config("one", input), "ledger", FakeScorerFactory.named("model-1"));
    AnnotateReport two = run(config("two", input), "ledger", FakeScorerFactory.named("model-2"));
    assertThat(two.totals().known()).isEqualTo(one.totals().known());
    assertThat(two.totals().computedTokens()).isEqualTo(one.totals().computedTokens());
  }

  @Test
  void equalRowsOfAPieceAreRunOnceAcrossLoads() throws IOException {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      rows.add(Jobs.row(1, "the same answer"));
    }
    Path input = Files.write(folder.resolve("same.jsonl"), rows);
    AnnotateConfig config = Jobs.config(folder.resolve("out"), 1 << 20, input.toString());
    AnnotateReport report = run(config, "ledger", FakeScorerFactory.named("same"));
    long each = report.totals().presentedTokens() / 400;
    // A fake scorer shares nothing within a load of 500 tokens.
    assertThat(report.totals().computedTokens()).isEqualTo(500 / each * each);
    assertThat(report.totals().known().added()).isEqualTo(1);
  }

  @Test
  void aJobThatDiedIsResumedWithAnotherLedgerOrNone() throws IOException {
    Path input = rows("in.jsonl", 0, 200);
    FakeScorerFactory scorers = FakeScorerFactory.named("resumed");
    Jobs.run(spark, config("plain", input), scorers);
    for (String ledger : List.of("other", "")) {
      String output = "died-" + ledger;
      AtomicInteger written = new AtomicInteger();
      CommitStep.listen(
          step -> {
            if (step == CommitStep.PART_WRITTEN && written.incrementAndGet() > 3) {
              Death.at(step).accept(step);
            }
          });
      try {
        assertThatThrownBy(() -> run(config(output, input), "ledger" + ledger, scorers))
            .hasStackTraceContaining("died when PART_WRITTEN was reached");
      } finally {
        CommitStep.listen(step -> {});
      }
      AnnotateReport report =
          ledger.isEmpty()
              ? Jobs.run(spark, config(output, input), scorers)
              : run(config(output, input), ledger, scorers);
      assertThat(report.resumedPieces()).isPositive();
      assertThat(result(folder.resolve(output))).isEqualTo(result(folder.resolve("plain")));
    }
  }

  @Test
  void whatADeadAttemptPublishedIsTrueAndIsUsed() throws IOException {
    Path input = rows("in.jsonl", 0, 30);
    FakeScorerFactory scorers = FakeScorerFactory.named("dead");
    CommitStep.listen(Death.at(CommitStep.PART_WRITTEN));
    AnnotateConfig config = Jobs.config(folder.resolve("out"), 1 << 20, input.toString());
    try {
      assertThatThrownBy(() -> run(config, "ledger", scorers)).isInstanceOf(JobException.class);
    } finally {
      CommitStep.listen(step -> {});
    }
    assertThat(volumes("ledger")).hasSize(1);
    AnnotateReport report = run(config, "ledger", scorers);
    assertThat(report.totals().computedTokens()).isZero();
    assertThat(report.totals().known().rows()).isEqualTo(29);
    assertThat(volumes("ledger")).hasSize(1);
  }

  @Test
  void twoJobsAtOnceShareALedger() throws Exception {
    FakeScorerFactory scorers = FakeScorerFactory.named("at-once");
    Path left = rows("left.jsonl", 0, 200);
    Path right = rows("right.jsonl", 100, 300);
    ExecutorService drivers = Executors.newFixedThreadPool(2);
    List<Future<AnnotateReport>> both =
        drivers.invokeAll(
            List.of(
                () -> run(config("left", left), "ledger", scorers),
                () -> run(config("right", right), "ledger", scorers)));
    drivers.shutdown();
    for (Future<AnnotateReport> one : both) {
      assertThat(one.get().totals().out()).isEqualTo(196);
    }
    AnnotateReport after = run(config("after", rows("all.jsonl", 0, 300)), "ledger", scorers);
    assertThat(after.totals().computedTokens()).isZero();
    Jobs.run(spark, config("plain", folder.resolve("all.jsonl")), scorers);
    assertThat(result(folder.resolve("after"))).isEqualTo(result(folder.resolve("plain")));
  }

  @Test
  void aNightOfKnownRowsNeverTouchesTheModel() throws IOException {
    Path input = rows("in.jsonl", 0, 120);
    FakeScorerFactory scorers = FakeScorerFactory.named("untouched");
    run(config("first", input), "ledger", scorers);
    AtomicInteger runs = new AtomicInteger();
    ScorerFactory watched =
        new InterposedScorers(scorers, Onlooker.of("untouched", rows -> runs.incrementAndGet()));
    AnnotateReport known = run(config("second", input), "ledger", watched);
    assertThat(known.totals().known().rows()).isEqualTo(117);
    assertThat(runs).as("loads, that of the self-check among them").hasValue(0);
    assertThat(result(folder.resolve("second"))).isEqualTo(result(folder.resolve("first")));

    Path more = rows("more.jsonl", 120, 121);
    run(config("third", input, more), "ledger", watched);
    assertThat(runs).as("the five loads of the self-check and one row").hasValue(6);
  }

  @Test
  void whereBitsFollowTheCompanyTheLedgerIsLeftAlone() throws IOException {
    List<String> old = new ArrayList<>();
    List<String> mixed = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      old.add(Jobs.row(i, "known"));
      mixed.add(Jobs.row(i, "known"));
      mixed.add(Jobs.row(i, "new"));
    }
    Path known = Files.write(folder.resolve("known.jsonl"), old);
    Path both = Files.write(folder.resolve("mixed.jsonl"), mixed);
    FakeScorerFactory scorers = FakeScorerFactory.named("unsteady");
    run(config("first", known), "ledger", scorers);
    List<Path> before = volumes("ledger");

    ScorerFactory unsteady = new InterposedScorers(scorers, new RoundingByPlace());
    AnnotateReport report = run(config("second", both), "ledger", unsteady);

    assertThat(report.totals().out()).isEqualTo(120);
    assertThat(report.totals().known()).isEqualTo(KnownTotals.NONE);
    assertThat(report.unsteadyPieces()).isEqualTo(report.pieces()).isGreaterThan(1);
    assertThat(volumes("ledger")).isEqualTo(before);
    assertThat(Files.readString(folder.resolve("second/_run.json")))
        .contains("\"unsteadyPieces\" : " + report.pieces());
    assertThat(Files.readString(folder.resolve("first/_run.json")))
        .doesNotContain("unsteadyPieces");
    AnnotateReport again = run(config("second", both), "ledger", unsteady);
    assertThat(again.alreadyDone()).isTrue();
    assertThat(again.unsteadyPieces()).isEqualTo(report.pieces());
  }

  @Test
  void piecesThatRunAtTheSameTimeRunEqualRowsOnce() throws IOException {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      rows.add(Jobs.row(i, "answer"));
    }
    Path left = Files.write(folder.resolve("left.jsonl"), rows);
    Path right = Files.write(folder.resolve("right.jsonl"), rows);
    FakeScorerFactory scorers = FakeScorerFactory.named("pieces-at-once");
    Onlooker onlooker =
        Onlooker.of(
            "pieces-at-once",
            loaded -> {
              // Both pieces are under way, and their rows and the eight of the self-check prepared.
              while (loaded > 4 && Onlooker.prepared("pieces-at-once") < 24) {
                Thread.onSpinWait();
              }
            });
    ScorerFactory watched = new InterposedScorers(scorers, onlooker);
    AnnotateReport report = run(config("out", left, right), "ledger", watched);
    assertThat(report.totals().out()).isEqualTo(16);
    assertThat(report.totals().computedTokens())
        .isEqualTo(report.totals().presentedTokens() / 2)
        .isPositive();
    assertThat(report.totals().known().rows()).isEqualTo(8);
    assertThat(report.totals().known().added()).isEqualTo(8);
    assertThat(volumes("ledger")).as("what both pieces published is the same").hasSize(1);
    Jobs.run(spark, config("plain", left, right), scorers);
    assertThat(Jobs.parts(folder.resolve("out"))).isEqualTo(Jobs.parts(folder.resolve("plain")));
  }

  @Test
  void aLaterPieceKnowsWhatAnEarlierOneOfTheSameJobPublished() throws IOException {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      rows.add(Jobs.row(i, "answer"));
    }
    Path[] inputs = new Path[6];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = Files.write(folder.resolve("in" + i + ".jsonl"), rows);
    }
    FakeScorerFactory scorers = FakeScorerFactory.named("later-pieces");
    AnnotateReport report = run(config("out", inputs), "ledger", scorers);
    assertThat(report.totals().computedTokens())
        .isEqualTo(report.totals().presentedTokens() / inputs.length);
  }

  @Test
  void aDamagedFileFailsTheJobAndIsNamed() throws IOException {
    Path input = rows("in.jsonl", 0, 30);
    FakeScorerFactory scorers = FakeScorerFactory.named("damaged");
    AnnotateConfig config = Jobs.config(folder.resolve("first"), 1 << 20, input.toString());
    run(config, "ledger", scorers);
    Path volume = volumes("ledger").get(0);
    byte[] bytes = Files.readAllBytes(volume);
    bytes[100] ^= 1;
    Files.write(volume, bytes);
    assertThatThrownBy(() -> run(config("second", input), "ledger", scorers))
        .isInstanceOf(JobException.class)
        .hasMessageContaining("[file:" + volume + "] byte offset 8: expected ")
        .hasMessageContaining("the file is damaged: delete it");
    Files.delete(volume);
    run(config("second", input), "ledger", scorers);
    assertThat(result(folder.resolve("second"))).isEqualTo(result(folder.resolve("first")));
  }

  @Test
  void aFolderOfOtherThingsIsRefusedWithTheInputs() throws IOException {
    Path input = rows("in.jsonl", 0, 3);
    assertThatThrownBy(() -> run(config("out", input), "", FakeScorerFactory.named("refused")))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("--ledger: [file:" + folder + "] expected a ledger's folder");
  }
}
