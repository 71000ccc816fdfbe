package io.touchstone.spark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.touchstone.files.JsonFile;
import io.touchstone.jobs.annotate.AnnotateConfig;
import io.touchstone.jobs.annotate.AnnotateReport;
import io.touchstone.scoring.ScorerFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that take their process with them, in processes that really go. */
final class PoisonTest {

  private static final int ROWS = 400;
  private static final int PIECES = 8;

  /** In pieces of their own: a task has four tries. */
  private static final List<Integer> POISONOUS = List.of(90, 333);

  @TempDir Path folder;

  private Path input(List<Integer> poisonous) throws IOException {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      String answer = "answer ".repeat(i % 7) + i;
      rows.add(Jobs.row(i, poisonous.contains(i) ? answer + Harm.POISON : answer));
    }
    return Files.write(folder.resolve("in.jsonl"), rows);
  }

  @Test
  void onAClusterARowThatKillsExecutorsIsRejectedAndAllOthersAreScored() throws IOException {
    Path input = input(POISONOUS);
    Path out = folder.resolve("out");
    ScorerFactory scorers = Harm.KILLS.to(FakeScorerFactory.named("cluster-poison"));
    try (JavaSparkContext spark = new JavaSparkContext(LocalCluster.conf(folder))) {
      AnnotateReport report = Jobs.run(spark, config(out, input), scorers);
      assertThat(report.totals().rejected()).containsExactly(Map.entry("killed-the-process", 2L));
    }
    assertRejectedAlone(out, input, POISONOUS, "killed-the-process");
  }

  @Test
  void onAClusterARowThatNeverReturnsIsRejectedAndAllOthersAreScored() throws IOException {
    Path input = input(POISONOUS.subList(0, 1));
    Path out = folder.resolve("out");
    ScorerFactory scorers =
        Harm.HANGS.to(FakeScorerFactory.named("cluster-hangs").withLoadTokens(Harm.FEW_TOKENS));
    try (JavaSparkContext spark = new JavaSparkContext(LocalCluster.conf(folder))) {
      AnnotateReport report = Jobs.run(spark, Jobs.withRowSeconds(config(out, input), 1), scorers);
      assertThat(report.totals().rejected()).containsExactly(Map.entry("timed-out", 1L));
    }
    assertRejectedAlone(out, input, POISONOUS.subList(0, 1), "timed-out");
  }

  @Test
  void onAClusterARowThatKillsExecutorsBeforeTheModelIsRejectedAndAllOthersAreScored()
      throws IOException {
    Path input = input(POISONOUS.subList(0, 1));
    Path out = folder.resolve("out");
    ScorerFactory scorers = Harm.KILLS_AT_ONCE.to(FakeScorerFactory.named("cluster-at-once"));
    try (JavaSparkContext spark = new JavaSparkContext(LocalCluster.conf(folder))) {
      AnnotateReport report = Jobs.run(spark, config(out, input), scorers);
      assertThat(report.totals().rejected()).containsExactly(Map.entry("killed-the-process", 1L));
    }
    assertRejectedAlone(out, input, POISONOUS.subList(0, 1), "killed-the-process");
  }

  @Test
  void inOneProcessTheSameCommandAgainRejectsTheRowThatKilledItBeforeTheModel() throws Exception {
    Path input = input(POISONOUS.subList(0, 1));
    Path out = folder.resolve("out");
    assertThat(runs(input, out, Harm.KILLS_AT_ONCE))
        .as("among those read ahead, apart, alone, rejected")
        .containsExactly(Harm.STATUS, Harm.STATUS, Harm.STATUS, 0);
    assertRejectedAlone(out, input, POISONOUS.subList(0, 1), "killed-the-process");
  }

  @Test
  void inOneProcessTheSameCommandAgainRejectsTheRowThatNeverReachesTheModel() throws Exception {
    Path input = input(POISONOUS.subList(0, 1));
    Path out = folder.resolve("out");
    assertThat(runs(input, out, Harm.HANGS_AT_ONCE))
        .as("late beside others, late alone, rejected")
        .containsExactly(1, 1, 0);
    assertRejectedAlone(out, input, POISONOUS.subList(0, 1), "timed-out");
  }

  @Test
  void inOneProcessTheSameCommandAgainRejectsTheRowThatKilledItTwiceAlone() throws Exception {
    Path input = input(POISONOUS);
    Path out = folder.resolve("out");
    List<Integer> statuses = runs(input, out, Harm.KILLS);
    // Each row: in its load, and twice alone. The two may die in one and the same load's process.
    assertThat(statuses).startsWith(Harm.STATUS, Harm.STATUS, Harm.STATUS).endsWith(0);
    assertThat(statuses).hasSizeBetween(4, 7);
    assertRejectedAlone(out, input, POISONOUS, "killed-the-process");
  }

  @Test
  void inOneProcessTheSameCommandAgainRejectsTheRowThatWasLateAlone() throws Exception {
    Path input = input(POISONOUS.subList(0, 1));
    Path out = folder.resolve("out");
    assertThat(runs(input, out, Harm.HANGS))
        .as("late in its load, late alone, rejected")
        .containsExactly(1, 1, 0);
    assertRejectedAlone(out, input, POISONOUS.subList(0, 1), "timed-out");
  }

  private static List<Integer> runs(Path input, Path out, Harm harm) throws Exception {
    List<Integer> statuses = new ArrayList<>();
    do {
      JobProcess.Call call =
          new JobProcess.Call(
              JobProcess.Kind.PLAIN, input, out, Files.size(input) / PIECES + 1, "", harm);
      try (JobProcess process = JobProcess.start(call)) {
        statuses.add(process.await());
      }
    } while (statuses.get(statuses.size() - 1) != 0 && statuses.size() < 10);
    return statuses;
  }

  private static AnnotateConfig config(Path out, Path input) throws IOException {
    return Jobs.config(out, Files.size(input) / PIECES + 1, input.toString());
  }

  private static void assertRejectedAlone(
      Path out, Path input, List<Integer> poisonous, String kind) throws IOException {
    List<String> in = Files.readAllLines(input);
    Map<Integer, String> rejected = new HashMap<>();
    for (String line : Jobs.parts(out.resolve("_rejected")).lines().toList()) {
      JsonNode json = JsonFile.tree(line.getBytes(UTF_8));
      rejected.put(in.indexOf(json.path("line").asText()), json.path("kind").asText());
    }
    assertThat(rejected.keySet()).containsExactlyInAnyOrderElementsOf(poisonous);
    assertThat(rejected.values()).containsOnly(kind);
    List<String> scored = Jobs.parts(out).lines().toList();
    List<String> expected = new ArrayList<>(in);
    poisonous.forEach(row -> expected.remove(in.get(row)));
    assertThat(scored).hasSameSizeAs(expected);
    for (int i = 0; i < scored.size(); i++) {
      assertThat(scored.get(i))
          .startsWith(expected.get(i).substring(0, expected.get(i).length() - 1));
    }
    assertThat(out.resolve("_SUCCESS")).exists();
    assertThat(out.resolve("_tmp")).doesNotExist();
  }
}
