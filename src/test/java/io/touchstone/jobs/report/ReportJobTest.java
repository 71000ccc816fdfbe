package io.touchstone.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.touchstone.problem.Refused;
import io.touchstone.selection.report.DriftLimit;
import io.touchstone.selection.report.Report;
import io.touchstone.selection.report.Tally;
import io.touchstone.selection.report.Texts;
import io.touchstone.spark.FakeScorerFactory;
import io.touchstone.spark.Jobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportJobTest {

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

  private Path input(String name, int count, String end) throws IOException {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(Jobs.row(i, "secret ".repeat(i % 7) + i + end));
    }
    return Files.write(folder.resolve(name), rows);
  }

  private Path annotated(String name, Path... inputs) {
    Path out = folder.resolve(name);
    String[] paths = List.of(inputs).stream().map(Path::toString).toArray(String[]::new);
    Jobs.run(spark, Jobs.config(out, 2_000, paths), FakeScorerFactory.named("report"));
    return out;
  }

  private static ReportConfig config(Path result) {
    return new ReportConfig(
        result.toString(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        new Tally.Settings(3, Texts.HIDDEN),
        Optional.empty(),
        1 << 20,
        "touchstone test");
  }

  private static ReportConfig against(
      ReportConfig config, Path older, Optional<DriftLimit> maxDrift) {
    return new ReportConfig(
        config.result(),
        Optional.of(older.toString()),
        config.history(),
        config.output(),
        config.fields(),
        config.tally(),
        maxDrift,
        config.maxLineBytes(),
        config.program());
  }

  private static ReportOutcome run(ReportConfig config) {
    return ReportJob.run(config, new Configuration(), now -> {});
  }

  private static String refusal(ReportConfig config) {
    return catchThrowableOfType(Refused.class, () -> run(config)).getMessage();
  }

  private static JsonNode figures(Path folder) throws IOException {
    return new ObjectMapper().readTree(folder.resolve("_report.json").toFile());
  }

  @Test
  void readsEveryRowOfEveryPieceWithTheFileThatItComesFrom() throws IOException {
    Path bad = Files.writeString(folder.resolve("c.jsonl"), Jobs.row(1, "x") + "\nnot json\n[]\n");
    Path out = annotated("out", input("a.jsonl", 150, ""), input("b.jsonl", 50, "!"), bad);
    assertThat(out.resolve("part-00003.jsonl")).exists();

    ReportOutcome outcome = run(config(out));

    assertThat(outcome.page()).isEqualTo("file:" + out + "/_report.html");
    JsonNode report = figures(out);
    assertThat(report.path("rows").asLong()).isEqualTo(201);
    assertThat(report.path("run").path("rows").path("in").asLong()).isEqualTo(203);
    assertThat(report.path("run").path("speed").path("rowsPerSecond").asDouble()).isPositive();
    JsonNode scores = report.path("columns").path("helpfulness");
    assertThat(scores.path("scores").path("count").asLong()).isEqualTo(201);
    JsonNode sources = scores.path("bySource");
    assertThat(sources.size()).isEqualTo(3);
    sources
        .fields()
        .forEachRemaining(
            source ->
                assertThat(source.getValue().path("scores").path("count").asLong())
                    .isEqualTo(
                        source.getKey().endsWith("a.jsonl")
                            ? 150
                            : source.getKey().endsWith("b.jsonl") ? 50 : 1));
    assertThat(report.path("rejections")).hasSize(2);
    JsonNode first = report.path("rejections").get(0);
    assertThat(first.path("kind").asText()).isEqualTo("not-json");
    assertThat(first.path("count").asLong()).isEqualTo(1);
    assertThat(first.path("examples").get(0).path("offset").asLong()).isEqualTo(42);
    assertThat(first.path("examples").get(0).path("reason").asText()).startsWith("line: expected");
    assertThat(report.path("notes")).isEmpty();
    double highest = scores.path("highest").get(0).path("score").asDouble();
    assertThat(highest).isEqualTo(scores.path("scores").path("max").asDouble());
    String file = scores.path("highest").get(0).path("file").asText();
    int line = scores.path("highest").get(0).path("line").asInt();
    assertThat(Files.readAllLines(out.resolve(file)).get(line - 1))
        .contains("\"reward\": " + highest);
    assertThat(out.resolve("_report.html")).content().doesNotContain("secret");
  }

  @Test
  void quotesTextsOnlyWhereTheyAreAskedFor() throws IOException {
    Path out = annotated("out", input("a.jsonl", 30, ""));
    Path page = folder.resolve("elsewhere/page");
    ReportConfig asked =
        new ReportConfig(
            out.toString(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(page.toString()),
            List.of(),
            new Tally.Settings(2, Texts.SHOWN),
            Optional.empty(),
            1 << 20,
            "touchstone test");
    run(asked);
    assertThat(page.resolve("report.html")).content().contains("secret").contains("question ");
    assertThat(out.resolve("_report.html")).doesNotExist();
    assertThat(Jobs.tree(page)).containsExactly("report.html", "report.json");
  }

  @Test
  void saysHowFarTheScoresHaveDrifted() throws IOException {
    Path older = annotated("older", input("a.jsonl", 200, ""));
    Path newer = annotated("newer", input("b.jsonl", 200, "?"));
    ReportOutcome same = run(against(config(older), older, Optional.of(new DriftLimit("0", 0))));
    assertThat(same.report().drifted()).isFalse();
    assertThat(same.report().largestDrift()).isZero();

    DriftLimit none = new DriftLimit("0", 0);
    ReportOutcome chance = run(against(config(newer), older, Optional.of(none)));
    assertThat(chance.report().largestDrift()).isPositive();
    assertThat(chance.report().drifted()).as("scores of one distribution").isFalse();

    Path part = newer.resolve("part-00000.jsonl");
    Files.writeString(
        part, Files.readString(part).replaceAll("\"reward\": [^,}]*", "\"reward\": 7.5"));
    ReportOutcome outcome = run(against(config(newer), older, Optional.of(none)));
    assertThat(outcome.report().drifted()).isTrue();
    JsonNode drift = figures(newer).path("columns").path("helpfulness").path("drift");
    assertThat(drift.path("psi").asDouble()).isGreaterThan(drift.path("psiBound").asDouble());
    assertThat(drift.path("p").asDouble()).isLessThan(0.01);
    assertThat(figures(newer).path("beyond").toString()).isEqualTo("[\"helpfulness\"]");
    assertThat(drift.path("older").path("count").asLong()).isEqualTo(200);
    assertThat(newer.resolve("_report.html")).content().contains("Beyond the limit:");
  }

  @Test
  void fieldsThatAreNamedAreSetAgainstEachOther() throws IOException {
    Path first = annotated("first", input("a.jsonl", 20, ""));
    List<String> rows = new ArrayList<>();
    for (String row : Files.readAllLines(first.resolve("part-00000.jsonl"))) {
      rows.add(row.replace("\"reward\"", "\"one\""));
    }
    Path both = annotated("both", Files.write(folder.resolve("both.jsonl"), rows));
    ReportConfig asked =
        new ReportConfig(
            both.toString(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of("one", "reward"),
            new Tally.Settings(3, Texts.HIDDEN),
            Optional.empty(),
            1 << 20,
            "touchstone test");

    run(asked);

    JsonNode pair = figures(both).path("agreement").get(0);
    assertThat(pair.path("a").asText()).isEqualTo("one");
    assertThat(pair.path("b").asText()).isEqualTo("reward");
    assertThat(pair.path("spearman").asDouble()).isEqualTo(1);
  }

  @Test
  void refusesWhatIsNoFinishedResult() throws IOException {
    Path out = annotated("out", input("a.jsonl", 5, ""));
    String expected = "] expected a finished result of jobs/annotate or jobs/generate, found ";
    assertThat(refusal(config(folder.resolve("none"))))
        .isEqualTo("DIR: [" + folder.resolve("none") + expected + "nothing there");
    assertThat(refusal(config(folder.resolve("a.jsonl")))).endsWith("found a file");
    assertThat(refusal(config(folder))).endsWith("found a folder without _plan.json");
    Files.delete(out.resolve("_SUCCESS"));
    assertThat(refusal(against(config(out), folder, Optional.empty())).lines())
        .containsExactly(
            "DIR: ["
                + out
                + expected
                + "one that was begun: the same command run again finishes it",
            "--against: [" + folder + expected + "a folder without _plan.json");
    assertThat(out.resolve("_report.html")).doesNotExist();
  }

  @Test
  void saysThatRowsAreMissing() throws IOException {
    Path out = annotated("out", input("a.jsonl", 5, ""));
    Path part = out.resolve("part-00000.jsonl");
    Files.write(part, Files.readAllLines(part).subList(0, 3));
    run(config(out));
    assertThat(figures(out).path("notes").get(0).asText())
        .isEqualTo("_run.json of " + out + " says that 5 rows were written, but 3 were found.");
  }

  @Test
  void refusesAResultWithoutAScoreThatCanBeRead() throws IOException {
    Path out =
        annotated(
            "out",
            Files.writeString(folder.resolve("bad.jsonl"), "{\"prompt\": \"p\", \"response\": 1}"));
    assertThat(refusal(config(out))).endsWith("expected at least one scored row, found none");

    Path good = annotated("good", input("a.jsonl", 5, ""));
    Path part = good.resolve("part-00000.jsonl");
    List<String> rows = new ArrayList<>(Files.readAllLines(part));
    rows.set(0, rows.get(0).replace("\"reward\"", "\"other\""));
    Files.write(part, rows);
    run(config(good));
    assertThat(figures(good).path("notes").get(0).asText())
        .startsWith("1 of the 5 rows in ")
        .endsWith("could not be read back as rows with these scores, and are in no figure.");
    rows.replaceAll(row -> row.replace("\"reward\"", "\"other\""));
    Files.write(part, rows.subList(0, 4));
    assertThat(refusal(config(good)))
        .endsWith(
            "found none that can be read; the first of part-00000.jsonl: reward: expected a score,"
                + " found no such field");
  }

  @Test
  void candidatesWithoutAScoreAreInNoFigureAndCounted() throws IOException {
    Path result =
        annotated(
            "out",
            Files.writeString(
                folder.resolve("rows.jsonl"),
                "{\"prompt\": \"p\", \"responses\": [\"a\", \"b\", \"c\"]}\n"));
    Path part = result.resolve("part-00000.jsonl");
    String row = Files.readString(part);
    Files.writeString(part, row.replaceFirst("\"rewards\": \\[[^,]*,", "\"rewards\": [null,"));
    Report report = run(config(result)).report();
    assertThat(report.responses()).isEqualTo(2);
    assertThat(report.notes())
        .containsExactly("1 candidates in " + result + " have no score, and are in no figure.");

    Files.writeString(
        part, row.replaceFirst("\"rewards\": \\[[^]]*]", "\"rewards\": [null, null, null]"));
    assertThat(refusal(config(result)))
        .isEqualTo("DIR: [" + result + "] expected at least one scored row, found none");
  }

  private static ReportConfig night(Path result, Path history) {
    ReportConfig config = config(result);
    return new ReportConfig(
        config.result(),
        Optional.empty(),
        Optional.of(history.toString()),
        Optional.of(result.resolveSibling("report").toString()),
        config.fields(),
        config.tally(),
        Optional.empty(),
        config.maxLineBytes(),
        config.program());
  }

  @Test
  void drawsTheNightsThatLieBeneathAFolderAndNamesWhatIsNone() throws IOException {
    Path nights = folder.resolve("nights");
    for (String date : List.of("2026-11-02", "2026-11-01", "2026-11-03")) {
      Path result = annotated("nights/" + date + "/scored", input(date + ".jsonl", 80, date));
      ReportOutcome outcome = run(night(result, nights));
      if (date.equals("2026-11-02")) {
        assertThat(outcome.report().nights())
            .isEqualTo(
                new Report.Nights(nights.toString(), 1, 0, 0, date, date, List.of(), List.of()));
        assertThat(nights.resolve("2026-11-02/report/report.html"))
            .content()
            .contains("No report of another night lies in <bdi>" + nights + "</bdi>.");
      }
    }
    Files.createSymbolicLink(nights.resolve("latest"), nights.resolve("2026-11-03"));
    String damaged = Files.readString(nights.resolve("2026-11-01/report/report.json"));
    Files.writeString(
        Files.createDirectory(nights.resolve("x-damaged")).resolve("report.json"),
        damaged.substring(0, 900));
    Files.writeString(
        Files.createDirectory(nights.resolve("y-foreign")).resolve("report.json"), "{\"a\": 1}");
    Files.writeString(
        Files.createDirectory(nights.resolve("z-again")).resolve("report.json"),
        damaged.replace("\"responses\" : 80", "\"responses\" : 81"));
    Path second = nights.resolve("2026-11-02/report/report.json");
    String fingerprint = json(second).path("run").path("model").path("fingerprint").asText();
    Files.writeString(second, Files.readString(second).replace(fingerprint, "another"));

    Report report = run(night(nights.resolve("2026-11-03/scored"), nights)).report();

    Report.Nights found = report.nights();
    assertThat(found).isNotNull();
    assertThat(found.nights()).isEqualTo(3);
    assertThat(found.otherwise()).isEqualTo(1);
    assertThat(found.from()).isEqualTo("2026-11-01");
    assertThat(found.to()).isEqualTo("2026-11-03");
    assertThat(found.drift()).hasSize(1);
    assertThat(found.drift().get(0)).contains(" 2026-11-01, the first night of this model: ");
    assertThat(found.skipped())
        .containsExactly(
            new Report.SkippedReport(
                nights + "/x-damaged/report.json",
                "expected a report of jobs/report, found no whole JSON"),
            new Report.SkippedReport(
                nights + "/y-foreign/report.json",
                "expected a report of jobs/report, found other JSON"),
            new Report.SkippedReport(
                nights + "/z-again/report.json",
                "another report on the result of 2026-11-01/report"));
    assertThat(nights.resolve("2026-11-03/report/report.html"))
        .content()
        .contains("<h2>Night after night</h2>")
        .contains("<li><bdi>" + nights + "/y-foreign/report.json</bdi>: expected a report of")
        .contains("no: other model");
  }

  private static JsonNode json(Path file) throws IOException {
    return new ObjectMapper().readTree(file.toFile());
  }

  @Test
  void refusesAHistoryThatIsNotThereBeforeAnyRowIsRead() throws IOException {
    Path out = annotated("out", input("a.jsonl", 5, ""));
    assertThat(refusal(night(out, folder.resolve("none"))))
        .isEqualTo(
            "--history: ["
                + folder.resolve("none")
                + "] expected a folder with reports of other nights, found nothing there");
    assertThat(refusal(night(out, folder.resolve("a.jsonl")))).endsWith("found a file");
    Files.delete(out.resolve("_SUCCESS"));
    assertThat(refusal(night(out, folder.resolve("none"))).lines()).hasSize(2);
  }
}
