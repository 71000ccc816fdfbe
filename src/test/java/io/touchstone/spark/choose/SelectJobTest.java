package io.touchstone.spark.choose;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.touchstone.jobs.annotate.AnnotatePlan;
import io.touchstone.jobs.choose.ChooseConfig;
import io.touchstone.jobs.choose.ChoosePlan;
import io.touchstone.jobs.choose.ChooseReport;
import io.touchstone.selection.Choice;
import io.touchstone.selection.PairRule;
import io.touchstone.selection.ScoreBy;
import io.touchstone.selection.SelectRule;
import io.touchstone.selection.SelectedNames;
import io.touchstone.spark.ChooseJobs;
import io.touchstone.spark.FakeScorerFactory;
import io.touchstone.spark.Jobs;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SelectJobTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final SelectRule BEST =
      new SelectRule(new ScoreBy.Named("rewards"), null, new Choice.Top(1), SelectedNames.OWN);
  private static JavaSparkContext spark;

  @TempDir Path folder;

  @BeforeAll
  static void startSpark() {
    spark = new JavaSparkContext(Jobs.spark("local[2]"));
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  private static String row(int id, String rewards) {
    return "{\"prompt\": \"question %d\", \"responses\": [\"a\", \"bb\", \"ccc\"], \"rewards\": %s}"
        .formatted(id, rewards);
  }

  private ChooseReport select(SelectRule rule, ChooseConfig config) {
    return SelectJob.run(spark, ChooseJobs.plan(config), rule, progress -> {});
  }

  @Test
  void selectsInTheOrderOfTheInputAndRejectsWhatHasNoScores() throws IOException {
    List<String> rows = new ArrayList<>();
    for (int id = 0; id < 100; id++) {
      rows.add(row(id, id % 10 == 3 ? "[1, 2]" : id % 2 == 0 ? "[1, 5, 5]" : "[3, 2, 1]"));
    }
    Path input = Files.write(folder.resolve("in.jsonl"), rows);
    Path out = folder.resolve("out");
    ChooseConfig config =
        ChooseJobs.config("select", List.of(out), Files.size(input) / 4 + 1, input);
    ChooseReport report = select(BEST, config);
    assertThat(report.pieces()).isEqualTo(4);
    assertThat(report.totals().verdicts()).isEqualTo(Map.of("selected", 90L));
    assertThat(report.totals().notes()).isEqualTo(Map.of("tied", 50L));
    assertThat(report.totals().rejected()).isEqualTo(Map.of("wrong-length", 10L));
    List<JsonNode> selected = ChooseJobs.rows(out);
    int next = 0;
    for (int id = 0; id < 100; id++) {
      if (id % 10 != 3) {
        JsonNode row = selected.get(next++);
        assertThat(row.get("input").asText()).isEqualTo("question " + id);
        assertThat(row.get("output").asText()).isEqualTo(id % 2 == 0 ? "bb" : "a");
      }
    }
    Files.delete(out.resolve("_SUCCESS"));
    Files.delete(out.resolve("part-00003.jsonl"));
    ChooseReport again = select(BEST, config);
    assertThat(again.resumedPieces()).isEqualTo(3);
    assertThat(ChooseJobs.rows(out)).isEqualTo(selected);
  }

  @Test
  void rowsWithoutAPairAreCountedAndNothingIsLost() throws IOException {
    Path input =
        Files.write(
            folder.resolve("in.jsonl"), List.of(row(1, "[1, 1, 1]"), row(2, "[1, 2, 3]"), "bad"));
    Path out = folder.resolve("out");
    SelectRule pairs =
        new SelectRule(
            new ScoreBy.Named("rewards"),
            null,
            new PairRule(PairRule.Which.ALL, BigDecimal.ZERO, 9),
            SelectedNames.OWN);
    ChooseReport report = select(pairs, ChooseJobs.config("select", List.of(out), 1 << 20, input));
    assertThat(report.totals().verdicts()).isEqualTo(Map.of("selected", 1L, "no-pair", 1L));
    assertThat(report.totals().written()).containsExactly(3L);
    assertThat(ChooseJobs.rows(out))
        .extracting(row -> row.get("chosen").asText() + row.get("rejected").asText())
        .containsExactly("ccca", "bba", "cccbb");
    assertThat(report.totals().in()).isEqualTo(3);
  }

  @Test
  void rowsThatAreScoredOnTheWayLieInAFolderOfTheirOwn() throws IOException {
    List<String> rows = new ArrayList<>();
    for (int id = 0; id < 20; id++) {
      rows.add("{\"prompt\": \"question %d\", \"responses\": [\"a\", \"bb\"]}".formatted(id));
    }
    rows.add(7, "{\"prompt\": \"question\", \"responses\": []}");
    Path input = Files.write(folder.resolve("in.jsonl"), rows);
    Path out = folder.resolve("out");
    FakeScorerFactory scorers = FakeScorerFactory.named("select");
    AnnotatePlan first =
        Jobs.plan(
            Jobs.config(
                Path.of(SelectJob.scoredFolder(out.toString())),
                Files.size(input) / 3 + 1,
                input.toString()),
            scorers);
    ChooseConfig config =
        ChooseJobs.config("select", List.of(out), Files.size(input) / 3 + 1, input);
    ChoosePlan plan = ChoosePlan.after(first, config);
    SelectJob.Scoring scoring = new SelectJob.Scoring(first, scorers);

    SelectJob.Both both = SelectJob.run(spark, plan, BEST, scoring, progress -> {});

    assertThat(both.scored().totals().rejectedLines()).isEqualTo(1);
    assertThat(both.selected().totals().verdicts()).isEqualTo(Map.of("selected", 20L));
    List<JsonNode> scored = ChooseJobs.rows(out.resolve("_scored"));
    List<JsonNode> selected = ChooseJobs.rows(out);
    for (int id = 0; id < 20; id++) {
      double a = scored.get(id).get("rewards").get(0).asDouble();
      double bb = scored.get(id).get("rewards").get(1).asDouble();
      assertThat(selected.get(id).get("output").asText()).isEqualTo(a >= bb ? "a" : "bb");
      assertThat(selected.get(id).get("reward").asDouble()).isEqualTo(Math.max(a, bb));
    }
    JsonNode plans = JSON.readTree(Files.readAllBytes(out.resolve("_plan.json"))).get("plan");
    assertThat(plans.get("settings").get("model.fingerprint").asText()).isEqualTo("select");
    assertThat(plans.get("inputs").get(0).get("path").asText()).isEqualTo("file:" + input);

    // As a run leaves it that died after scoring.
    Files.delete(out.resolve("_SUCCESS"));
    Files.delete(out.resolve("part-00001.jsonl"));
    SelectJob.Both again = SelectJob.run(spark, plan, BEST, scoring, progress -> {});
    assertThat(again.scored().alreadyDone()).isTrue();
    assertThat(again.selected().resumedPieces()).isEqualTo(2);
    assertThat(ChooseJobs.rows(out)).isEqualTo(selected);
  }
}
