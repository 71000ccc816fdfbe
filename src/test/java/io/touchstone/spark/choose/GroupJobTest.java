package io.touchstone.spark.choose;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.touchstone.conversation.format.FormatTable;
import io.touchstone.conversation.format.RowReader;
import io.touchstone.conversation.line.Row;
import io.touchstone.jobs.choose.ChooseConfig;
import io.touchstone.jobs.choose.ChooseReport;
import io.touchstone.jobs.choose.GroupDecision;
import io.touchstone.jobs.choose.GroupRequest;
import io.touchstone.jobs.choose.RowPosition;
import io.touchstone.selection.Choice;
import io.touchstone.selection.ConversationDigest;
import io.touchstone.selection.ScoreBy;
import io.touchstone.selection.SelectRule;
import io.touchstone.selection.SelectedNames;
import io.touchstone.spark.ChooseJobs;
import io.touchstone.spark.Jobs;
import io.touchstone.spark.LocalCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GroupJobTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long MAX_LINE = 5_000;
  private static final GroupRequest JOIN = new GroupRequest(List.of(), null, MAX_LINE);

  @TempDir Path folder;

  private ChooseReport join(SparkConf conf, GroupRequest request, ChooseConfig config) {
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      return GroupJob.run(spark, ChooseJobs.plan(config), request, progress -> {});
    }
  }

  private ChooseReport join(GroupRequest request, ChooseConfig config) {
    return join(Jobs.spark("local[2]"), request, config);
  }

  private ChooseConfig config(Path out, int pieces, Path input) throws IOException {
    return ChooseJobs.withFormats(
        ChooseJobs.config("select", List.of(out), Files.size(input) / pieces + 1, input));
  }

  private static String row(int id, int prompt) {
    return "{\"id\": %d, \"prompt\": \"q%d\", \"response\": \"r%d\", \"reward\": %d}"
        .formatted(id, prompt, id, id % 7);
  }

  @Test
  void rowsOfAPromptBecomeOneAtThePlaceOfTheFirstAndWhatIsMissingIsFinished() throws IOException {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    List<String> lines = new ArrayList<>();
    Map<Integer, List<Integer>> expected = new LinkedHashMap<>();
    int bad = 0;
    for (int id = 0; id < 1_000; id++) {
      if (random.nextInt(20) == 0) {
        lines.add("{\"prompt\": \"q1\"}");
        bad++;
        continue;
      }
      int prompt = random.nextInt(300);
      lines.add(row(id, prompt));
      expected.computeIfAbsent(prompt, none -> new ArrayList<>()).add(id);
    }
    Path input = Files.write(folder.resolve("in.jsonl"), lines);
    Path out = folder.resolve("out");
    ChooseConfig config = config(out, 7, input);

    ChooseReport report = join(JOIN, config);

    List<JsonNode> rows = ChooseJobs.rows(out);
    assertThat(rows).hasSize(expected.size());
    int next = 0;
    for (Map.Entry<Integer, List<Integer>> group : expected.entrySet()) {
      JsonNode row = rows.get(next++);
      assertThat(row.get("prompt").asText()).isEqualTo("q" + group.getKey());
      assertThat(row.get("id").asInt()).isEqualTo(group.getValue().get(0));
      assertThat(row.get("responses"))
          .extracting(JsonNode::asText)
          .isEqualTo(group.getValue().stream().map(id -> "r" + id).toList());
      assertThat(row.get("rewards"))
          .extracting(JsonNode::asInt)
          .isEqualTo(group.getValue().stream().map(id -> id % 7).toList());
    }
    long joined = 1_000L - bad - expected.size();
    assertThat(report.pieces()).isEqualTo(7);
    assertThat(report.totals().verdicts())
        .isEqualTo(Map.of("first", (long) expected.size(), "joined", joined));
    assertThat(report.totals().notes())
        .isEqualTo(Map.of("differing-rows", joined, "differs-in:id", joined));
    assertThat(report.totals().rejectedLines()).isEqualTo(bad);

    // As a run leaves it that died.
    var parts = Jobs.parts(out);
    Files.delete(out.resolve("_SUCCESS"));
    Files.delete(out.resolve("part-00002.jsonl"));
    Files.delete(out.resolve("part-00005.jsonl"));
    ChooseReport again = join(JOIN, config);
    assertThat(again.resumedPieces()).isEqualTo(5);
    assertThat(Jobs.parts(out)).isEqualTo(parts);
    assertThat(again.totals()).isEqualTo(report.totals());
  }

  @Test
  void twoExecutorProcessesGiveWhatOneGives() throws IOException {
    Path input =
        Files.write(
            folder.resolve("in.jsonl"),
            IntStream.range(0, 300).mapToObj(id -> row(id, id * 7 % 50)).toList());
    ChooseReport cluster =
        join(LocalCluster.conf(folder), JOIN, config(folder.resolve("cluster"), 5, input));
    ChooseReport local =
        join(Jobs.spark("local[1]"), JOIN, config(folder.resolve("local"), 5, input));
    assertThat(cluster.totals()).isEqualTo(local.totals());
    assertThat(Jobs.parts(folder.resolve("cluster")))
        .isEqualTo(Jobs.parts(folder.resolve("local")));
  }

  @Test
  void ofJoinedCandidatesTheBestIsChosenAndRowsOfAGroupThatCannotBeAreRejectedWhole()
      throws IOException {
    Path input =
        Files.write(
            folder.resolve("in.jsonl"),
            List.of(
                "{\"prompt\": \"a\", \"response\": \"one\", \"reward\": 1, \"mark\": 5}",
                "{\"prompt\": \"b\", \"response\": \"two\"}",
                "{\"prompt\": \"a\", \"response\": \"three\", \"reward\": 2.50}",
                "{\"prompt\": \"b\", \"response\": \"four\"}",
                "{\"prompt\": \"c\", \"response\": \"" + "x".repeat(3_000) + "\"}",
                "{\"prompt\": \"c\", \"response\": \"" + "y".repeat(3_000) + "\"}",
                "{\"prompt\": \"c\", \"response\": \"z\"}"));
    Path out = folder.resolve("out");
    SelectRule best =
        new SelectRule(new ScoreBy.Named("rewards"), null, new Choice.Top(1), SelectedNames.OWN);
    ChooseReport report =
        join(new GroupRequest(List.of("mark"), best, MAX_LINE), config(out, 1, input));
    assertThat(Files.readString(out.resolve("part-00000.jsonl")))
        .isEqualTo(
            "{\"input\": \"a\", \"output\": \"three\", \"reward\": 2.50, \"mark\": [5, null]}\n");
    assertThat(report.totals().verdicts()).isEqualTo(Map.of("selected", 1L, "joined", 1L));
    assertThat(report.totals().rejected())
        .isEqualTo(Map.of("missing-field", 2L, "joined-too-long", 3L));
    List<JsonNode> rejected = new ArrayList<>();
    for (String line : Files.readAllLines(out.resolve("_rejected/part-00000.jsonl"))) {
      rejected.add(JSON.readTree(line));
    }
    assertThat(rejected)
        .extracting(row -> row.get("reason").asText())
        .containsExactly(
            "rewards: expected a list with a score for each response, found no such field",
            "rewards: expected a list with a score for each response, found no such field",
            TOO_LONG,
            TOO_LONG,
            TOO_LONG);
    assertThat(rejected.get(4).get("line").asText())
        .isEqualTo("{\"prompt\": \"c\", \"response\": \"z\"}");
  }

  private static final String TOO_LONG =
      "prompt: expected rows whose answers make a line of at most 5000 bytes together, found more;"
          + " --max-line-bytes sets the limit";

  /** Two prompts of one digest, as none are known: they must not be joined. */
  @Test
  void promptsAreComparedThemselvesAndNotByTheirDigestsAlone() {
    ConversationDigest digest =
        ConversationDigest.ofPrompt(
            ((Row) new RowReader(FormatTable.HELPSTEER2).read(row(0, 0).getBytes(UTF_8)))
                .conversations()
                .get(0));
    List<byte[]> entries =
        IntStream.range(0, 4)
            .mapToObj(
                id ->
                    SortedBytes.joinable(
                        digest, RowPosition.of(0, id), 0, row(id, id % 2).getBytes(UTF_8)))
            .toList();
    List<String> decided = new ArrayList<>();
    new JoinedGroups(entries.iterator(), JOIN, List.of(FormatTable.HELPSTEER2))
        .forEachRemaining(
            decision ->
                decided.add(
                    decision.position()
                        + " "
                        + GroupDecision.of(decision.bytes()).fate().getClass().getSimpleName()));
    assertThat(decided).containsExactlyInAnyOrder("0 First", "2 Joined", "1 First", "3 Joined");
  }
}
