package io.touchstone.spark.choose;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.Zstd;
import io.touchstone.conversation.line.RawLine;
import io.touchstone.files.read.CompressedInputTest;
import io.touchstone.files.read.NumberedLine;
import io.touchstone.jobs.choose.ChooseConfig;
import io.touchstone.jobs.choose.ChooseRecord;
import io.touchstone.jobs.choose.ChooseReport;
import io.touchstone.jobs.choose.Decision;
import io.touchstone.jobs.choose.FilterRequest;
import io.touchstone.jobs.choose.FilterRequest.Part;
import io.touchstone.jobs.choose.FilterRows;
import io.touchstone.jobs.choose.RowPosition;
import io.touchstone.problem.Refused;
import io.touchstone.spark.ChooseJobs;
import io.touchstone.spark.Jobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FilterJobTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static JavaSparkContext spark;

  @TempDir Path folder;
  private Path kept;
  private Path dropped;

  @BeforeAll
  static void startSpark() {
    spark = new JavaSparkContext(Jobs.spark("local[2]"));
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  @BeforeEach
  void nameFolders() {
    kept = folder.resolve("kept");
    dropped = folder.resolve("dropped");
  }

  private ChooseConfig config(long pieceBytes, Path... inputs) {
    return ChooseJobs.config("filter", List.of(kept, dropped), pieceBytes, inputs);
  }

  private ChooseReport filter(FilterRequest ask, ChooseConfig config) {
    return FilterJob.run(spark, ChooseJobs.plan(config), ask, progress -> {});
  }

  private static String row(int id, int question, double reward) {
    return "{\"id\": %d, \"prompt\": \"q%d\", \"response\": \"r\", \"reward\": %s}"
        .formatted(id, question, reward);
  }

  /** What a row is expected to become. */
  private record Row(int id, int question, double reward) {}

  private static List<Integer> ids(Path folder) throws IOException {
    return ChooseJobs.rows(folder).stream().map(row -> row.get("id").asInt()).toList();
  }

  @Test
  void keepsTheTopOfAllRowsInTheirOrderAndRanksThemExactly() throws IOException {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    List<Row> rows = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (int id = 0; id < 3_000; id++) {
      Row row = new Row(id, random.nextInt(2_000), random.nextInt(200) - 100);
      rows.add(row);
      lines.add(row(id, row.question, row.reward));
    }
    Path input = Files.write(folder.resolve("in.jsonl"), lines);
    ChooseReport report =
        filter(
            ChooseJobs.ask("reward != 7", "0.3", Part.DEDUP, Part.RANK),
            ChooseJobs.withFormats(config(Files.size(input) / 7 + 1, input)));

    Set<Integer> questions = new HashSet<>();
    List<Row> passed =
        rows.stream()
            .filter(row -> Math.abs(row.reward) <= 50 && row.reward != 7)
            .filter(row -> questions.add(row.question))
            .toList();
    List<Row> best =
        passed.stream().sorted(Comparator.comparingDouble(row -> -row.reward)).toList();
    int top = (int) Math.floor(passed.size() * 0.3);
    assertThat(ids(kept)).isEqualTo(best.subList(0, top).stream().map(Row::id).sorted().toList());
    assertThat(ids(dropped))
        .isEqualTo(
            rows.stream().filter(row -> !best.subList(0, top).contains(row)).map(Row::id).toList());
    Map<Integer, Long> ranks = new TreeMap<>();
    for (Row row : passed) {
      ranks.put(row.id, 1 + passed.stream().filter(other -> other.reward > row.reward).count());
    }
    List<JsonNode> all = new ArrayList<>(ChooseJobs.rows(kept));
    all.addAll(ChooseJobs.rows(dropped));
    for (JsonNode row : all) {
      Long rank = ranks.get(row.get("id").asInt());
      assertThat(row.has("rank")).isEqualTo(rank != null);
      if (rank != null) {
        assertThat(row.get("rank").asLong()).isEqualTo(rank);
        assertThat(row.get("percentile").asDouble())
            .isEqualTo(100.0 * (passed.size() - rank + 1) / passed.size());
      }
    }
    double edge = best.get(top - 1).reward;
    long tied = best.stream().skip(top).filter(row -> row.reward == edge).count();
    assertThat(report.totals().notes().getOrDefault("tied-with-top", 0L)).isEqualTo(tied);
    assertThat(report.totals().verdicts().get("kept")).isEqualTo(top);
    assertThat(report.totals().verdicts().get("not-top")).isEqualTo(passed.size() - top);
    assertThat(ChooseRecord.sum(report.totals().verdicts())).isEqualTo(rows.size());
    assertThat(report.pieces()).isEqualTo(7);
  }

  @Test
  void whatEachRowDecidesByItselfNeedsNoSecondLookAndKeepsItsBytes() throws IOException {
    String odd = "{ \"reward\":2.50 , \"id\": 2, \"u\": \"\\u00e9\"}";
    Path input =
        Files.write(
            folder.resolve("in.jsonl"),
            List.of(row(0, 0, 51), row(1, 0, -51), odd, row(3, 0, 1), ""));
    ChooseReport report = filter(ChooseJobs.ask("reward > 2", null), config(1 << 20, input));
    assertThat(Jobs.parts(kept)).isEqualTo(odd + "\n");
    assertThat(ids(dropped)).containsExactly(0, 1, 3);
    assertThat(report.totals().verdicts())
        .isEqualTo(Map.of("kept", 1L, "above-max", 1L, "below-min", 1L, "not-where", 1L));
    assertThat(report.totals().blank()).isEqualTo(1);
    JsonNode run = JSON.readTree(Files.readAllBytes(kept.resolve("_run.json")));
    assertThat(run.get("rows").get("in").asInt()).isEqualTo(4);
    assertThat(run.get("verdicts").get("kept").asInt()).isEqualTo(1);
    assertThat(run.get("written").get("file:" + dropped).asInt()).isEqualTo(3);
    assertThat(dropped.resolve("_SUCCESS")).exists();
  }

  @Test
  void everyKindOfFileIsReadAndRowsWithoutAScoreAreRejectedWithTheirPlace() throws IOException {
    Path in = Files.createDirectories(folder.resolve("in"));
    Files.write(
        in.resolve("a.jsonl.gz"),
        CompressedInputTest.gzip(row(1, 1, 1) + "\n{\"id\": 2, \"reward\": \"high\"}\n"));
    Files.write(in.resolve("b.jsonl.zst"), Zstd.compress(row(3, 3, 3).getBytes(UTF_8)));
    Files.writeString(in.resolve("c.json"), "[" + row(4, 4, 4) + "," + row(5, 5, 5));
    Files.writeString(
        in.resolve("d.jsonl"), "no JSON\n" + "x".repeat(6_000) + "\n" + row(6, 6, 6) + "\n");
    Files.writeString(in.resolve("e.jsonl"), "");
    Files.writeString(in.resolve("notes.txt"), "");
    ChooseReport report = filter(ChooseJobs.top(3), config(1 << 20, in));
    assertThat(report.skipped().told()).isEqualTo("1 file: notes.txt");
    assertThat(
            JSON.readTree(Files.readString(kept.resolve("_run.json")))
                .at("/inputs/skipped/0/path")
                .asText())
        .isEqualTo("file:" + in.resolve("notes.txt"));
    assertThat(ids(kept)).containsExactly(4, 5, 6);
    assertThat(ids(dropped)).containsExactly(1, 3);
    assertThat(report.totals().rejected())
        .isEqualTo(Map.of("wrong-type", 1L, "not-json", 2L, "line-too-long", 1L));
    assertThat(report.totals().in()).isEqualTo(9);
    JsonNode first = JSON.readTree(Files.readString(kept.resolve("_rejected/part-00000.jsonl")));
    assertThat(first.get("source").asText()).isEqualTo("file:" + in.resolve("a.jsonl.gz"));
    assertThat(first.get("offset").asLong()).isEqualTo(row(1, 1, 1).length() + 1);
    assertThat(first.get("reason").asText()).isEqualTo("reward: expected a number, found a string");
    assertThat(first.get("line").asText()).isEqualTo("{\"id\": 2, \"reward\": \"high\"}");
    assertThat(dropped.resolve("_rejected")).doesNotExist();
  }

  @Test
  void ofEqualConversationsTheFirstThatPassesStays() throws IOException {
    Path input =
        Files.write(
            folder.resolve("in.jsonl"),
            List.of(row(0, 7, 99), row(1, 7, 1), row(2, 7, 2), row(3, 8, 1), row(4, 8, 1)));
    ChooseReport report =
        filter(ChooseJobs.ask(null, null, Part.DEDUP), ChooseJobs.withFormats(config(100, input)));
    assertThat(ids(kept)).containsExactly(1, 3);
    assertThat(ids(dropped)).containsExactly(0, 2, 4);
    assertThat(report.totals().verdicts())
        .isEqualTo(Map.of("kept", 2L, "above-max", 1L, "duplicate", 2L));
    assertThat(Jobs.parts(kept)).doesNotContain("rank");
  }

  @Test
  void nothingAtAllIsATopToo() throws IOException {
    Path input = Files.write(folder.resolve("in.jsonl"), List.of("{}", "{\"reward\": null}"));
    ChooseReport report = filter(ChooseJobs.top(5, Part.RANK), config(1 << 20, input));
    assertThat(report.totals().written()).containsExactly(0L, 0L);
    assertThat(report.totals().rejectedLines()).isEqualTo(2);
    assertThat(kept.resolve("part-00000.jsonl")).isEmptyFile();
  }

  @Test
  void theSameCommandAgainFinishesWhatIsMissing() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int id = 0; id < 300; id++) {
      lines.add(row(id, id, id % 40));
    }
    Path input = Files.write(folder.resolve("in.jsonl"), lines);
    ChooseConfig config = config(Files.size(input) / 6 + 1, input);
    ChooseReport whole = filter(ChooseJobs.top(100, Part.RANK), config);
    String keptRows = Jobs.parts(kept);
    String droppedRows = Jobs.parts(dropped);

    ChooseReport again = filter(ChooseJobs.top(100, Part.RANK), config);
    assertThat(again.alreadyDone()).isTrue();
    assertThat(again.totals().verdicts()).isEqualTo(whole.totals().verdicts());

    // As a run leaves it that died between the two halves of piece 2 and before piece 4.
    for (Path output : List.of(kept, dropped)) {
      Files.delete(output.resolve("_SUCCESS"));
      Files.delete(output.resolve("part-00004.jsonl"));
    }
    Files.delete(kept.resolve("part-00002.jsonl"));
    Object inode = Files.getAttribute(kept.resolve("part-00001.jsonl"), "unix:ino");
    ChooseReport finished = filter(ChooseJobs.top(100, Part.RANK), config);
    assertThat(finished.resumedPieces()).isEqualTo(4);
    assertThat(finished.totals().verdicts()).isEqualTo(whole.totals().verdicts());
    assertThat(Jobs.parts(kept)).isEqualTo(keptRows);
    assertThat(Jobs.parts(dropped)).isEqualTo(droppedRows);
    assertThat(Files.getAttribute(kept.resolve("part-00001.jsonl"), "unix:ino")).isEqualTo(inode);

    assertThat(
            catchThrowableOfType(
                    Refused.class,
                    () ->
                        ChooseJobs.plan(ChooseJobs.withTop(config, "2"))
                            .folders(spark.hadoopConfiguration())
                            .check())
                .problems())
        .containsExactly(
            "[file:" + kept + "] was made by another job: configuration.choice.top: was 1, is 2",
            "[file:"
                + dropped
                + "] was made by another job: configuration.choice.top: was 1, is 2");
    ChooseConfig swapped = ChooseJobs.config("filter", List.of(dropped, kept), 1 << 20, input);
    assertThat(
            catchThrowableOfType(Refused.class, () -> filter(ChooseJobs.top(100), swapped))
                .problems())
        .contains("[file:" + dropped + "] was made by another job: folder: was 2 of 2, is 1 of 2");
  }

  @Test
  void halfAResultIsRefused() throws IOException {
    Path input = Files.write(folder.resolve("in.jsonl"), List.of(row(0, 0, 0)));
    filter(ChooseJobs.top(1), config(1 << 20, input));
    Files.delete(dropped.resolve("_SUCCESS"));
    Files.delete(dropped.resolve("part-00000.jsonl"));
    assertThat(
            catchThrowableOfType(
                    Refused.class, () -> filter(ChooseJobs.top(1), config(1 << 20, input)))
                .problems())
        .containsExactly(
            "[file:"
                + dropped
                + "] expected the other half of what lies in file:"
                + kept
                + ", found pieces missing; remove both folders to begin anew");
  }

  @Test
  void foldersWithinEachOtherOrTheInputAreRefused() throws IOException {
    Path in = Files.createDirectories(folder.resolve("in"));
    Path input = Files.write(in.resolve("a.jsonl"), List.of(row(0, 0, 0)));
    assertThat(
            catchThrowableOfType(
                    Refused.class,
                    () ->
                        ChooseJobs.plan(
                            ChooseJobs.config(
                                "filter", List.of(kept, kept.resolve("d")), 1 << 20, input)))
                .problems())
        .containsExactly(
            "[file:"
                + kept
                + "/d] expected output folders of which none lies in another, found file:"
                + kept);
    assertThat(
            catchThrowableOfType(
                    Refused.class,
                    () ->
                        ChooseJobs.plan(
                            ChooseJobs.config(
                                "filter", List.of(kept, in.resolve("d")), 1 << 20, in)))
                .problems())
        .containsExactly(
            "[file:"
                + in
                + "] expected an output folder outside of the input folders, found file:"
                + in
                + "/d");
  }

  @Test
  void ofAnotherJobsResultOnlyItsRowsAreReadAndOnlyIfItIsFinished() throws IOException {
    Path input =
        Files.write(folder.resolve("in.jsonl"), List.of(row(0, 0, 0), row(1, 1, 1), "bad"));
    filter(ChooseJobs.top(1), config(1 << 20, input));
    Path more = folder.resolve("more");
    ChooseConfig next =
        ChooseJobs.config("filter", List.of(more, folder.resolve("rest")), 1 << 20, kept);
    filter(ChooseJobs.top(1), next);
    assertThat(ids(more)).containsExactly(1);

    Files.delete(kept.resolve("_SUCCESS"));
    assertThat(catchThrowableOfType(Refused.class, () -> ChooseJobs.plan(next)).problems())
        .containsExactly(
            "[file:"
                + kept
                + "] expected a finished result, with _SUCCESS, found one that a job has begun");
  }

  @Test
  void anInputThatChangesBetweenTheTwoLooksFailsTheJob() throws IOException {
    Path input = Files.write(folder.resolve("in.jsonl"), List.of(row(0, 0, 0), row(1, 1, 1)));
    FilterRows lines =
        new FilterRows(
            ChooseJobs.top(1),
            null,
            List.of(new Decision(RowPosition.of(0, 1), 1, 1)).iterator(),
            new FilterRows.Ranked(2, 1));
    byte[] line = Files.readAllLines(input).get(0).getBytes(UTF_8);
    assertThat(
            catchThrowableOfType(
                IllegalStateException.class,
                () -> lines.outcome(new NumberedLine(0, new RawLine.Whole("x", 0, line)))))
        .hasMessage(
            "expected the input to be as it was when all rows were looked at, found row 0 changed");
  }
}
