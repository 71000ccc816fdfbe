package io.touchstone.files.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.touchstone.files.read.CompressedInputTest;
import io.touchstone.jobs.choose.ChoosePlan;
import io.touchstone.jobs.choose.FilterRequest;
import io.touchstone.problem.Refused;
import io.touchstone.selection.Choice;
import io.touchstone.selection.FilterRule;
import io.touchstone.selection.ScoreBy;
import io.touchstone.selection.SelectRule;
import io.touchstone.selection.SelectedNames;
import io.touchstone.selection.TopLimit;
import io.touchstone.selection.formula.Formula;
import io.touchstone.selection.formula.Where;
import io.touchstone.spark.ChooseJobs;
import io.touchstone.spark.choose.FilterJob;
import io.touchstone.spark.choose.SelectJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NameProbeTest {

  private static final String ROW =
      "{\"id\": 1, \"prompt\": \"p\", \"mean\": 2.5, \"reward\": {\"helpfulness\": 3, \"wit\": 1}}\n";

  @TempDir Path folder;

  private ChoosePlan plan(Path... inputs) {
    return ChooseJobs.plan(
        ChooseJobs.config(
            "filter", List.of(folder.resolve("kept"), folder.resolve("dropped")), 100, inputs));
  }

  private Path file(String name, String lines) throws IOException {
    return Files.writeString(folder.resolve(name), lines);
  }

  private static FilterRequest ask(
      @Nullable String by, @Nullable String where, @Nullable String scalar) {
    return new FilterRequest(
        new FilterRule(
            by,
            FilterRule.Bounds.NONE,
            where == null ? null : Where.parse(where),
            scalar == null ? null : Formula.parse(scalar)),
        new TopLimit(null, null),
        Set.of());
  }

  private static List<String> problems(ChoosePlan plan, FilterRequest ask) {
    return catchThrowableOfType(
            Refused.class, () -> FilterJob.checkNames(plan, ask, new Configuration()))
        .problems();
  }

  private static void assertAccepted(ChoosePlan plan, FilterRequest ask) {
    assertThatCode(() -> FilterJob.checkNames(plan, ask, new Configuration()))
        .doesNotThrowAnyException();
  }

  @Test
  void aNameThatIsANumberInNoRowIsToldWithTheNearest() throws IOException {
    ChoosePlan plan = plan(file("a.jsonl", ROW));
    assertThat(problems(plan, ask("reward", "helpfullness > 1 and wit < 2", "idd + means")))
        .containsExactly(
            "--scalar: expected the name of a number, found idd, which is none in the first row"
                + " (id?)",
            "--scalar: expected the name of a number, found means, which is none in the first row"
                + " (mean?)",
            "--where: expected the name of a number, found helpfullness, which is none in the first"
                + " row (reward.helpfulness?)",
            "--by: expected the name of a number, found reward, which is none in the first row;"
                + " their numbers are id, mean, reward.helpfulness, reward.wit");
    assertThat(problems(plan, ask(null, "prompt > 1", null)).get(0))
        .contains("found prompt, which is none in the first row; their numbers are");
  }

  @Test
  void pathsAttributesAndTheScalarItselfAreNames() throws IOException {
    ChoosePlan plan = plan(file("a.jsonl", ROW));
    assertAccepted(plan, ask("wit", "reward.helpfulness > id", "2 * mean"));
    assertAccepted(plan, ask("scalar", "scalar > 1", "helpfulness - wit"));
    assertThat(problems(plan, ask("scalar", null, null)))
        .singleElement()
        .asString()
        .startsWith("--by: expected the name of a number, found scalar, ");
  }

  @Test
  void oneRowOfAnyFileThatHasItIsEnough() throws IOException {
    Path without = file("a.jsonl", "{\"id\": 1}\n".repeat(500));
    Path sparse = file("b.jsonl", "{\"id\": 1}\n".repeat(99) + "{\"late\": null}\n");
    assertAccepted(plan(without, sparse), ask("late", null, null));
    assertThat(problems(plan(without), ask("late", null, null)))
        .containsExactly(
            "--by: expected the name of a number, found late, which is none in the first 100 rows;"
                + " their numbers are id");
    Path later = file("c.jsonl", "{\"id\": 1}\n".repeat(100) + "{\"late\": 1}\n");
    assertThat(problems(plan(later), ask("late", null, null))).hasSize(1);
  }

  @Test
  void compressedFilesAreLookedAtToo() throws IOException {
    Path gzip = Files.write(folder.resolve("a.jsonl.gz"), CompressedInputTest.gzip(ROW));
    assertAccepted(plan(gzip), ask("mean", null, null));
    assertThat(problems(plan(gzip), ask("meen", null, null)).get(0)).endsWith("(mean?)");
  }

  @Test
  void linesThatAreNoRowsSayNothingUnlessThereIsNothingElse() throws IOException {
    ChoosePlan none = plan(file("a.jsonl", "\nno json\n[1]\n"));
    assertThat(problems(none, ask("reward", null, null)))
        .containsExactly(
            "input: expected rows with numbers, found none in the first 2 lines; the first: line:"
                + " expected JSON, found something else at byte offset 0");
    assertAccepted(plan(file("b.jsonl", "")), ask("reward", null, null));
    assertThat(problems(plan(file("c.jsonl", "x\n{\"a\": \"b\"}\n")), ask("a", null, null)))
        .containsExactly(
            "--by: expected the name of a number, found a, which is none in the first row; they"
                + " have no numbers");
  }

  private static final String CANDIDATES =
      "{\"prompt\": \"p\", \"responses\": [\"a\", \"b\"], \"rewards\": [{\"wit\": 1}, {\"wit\":"
          + " 2}], \"rewards_a\": [0.5, null], \"other\": [1]}\n";

  private static List<String> problems(ChoosePlan plan, SelectRule rule, String... promised) {
    return catchThrowableOfType(
            Refused.class,
            () -> SelectJob.checkNames(plan, rule, Set.of(promised), new Configuration()))
        .problems();
  }

  private static SelectRule select(String by, @Nullable String scalar) {
    return new SelectRule(
        ScoreBy.parse(by),
        scalar == null ? null : Formula.parse(scalar),
        new Choice.Top(1),
        SelectedNames.OWN);
  }

  @Test
  void selectAsksForScoresOfTheResponses() throws IOException {
    ChoosePlan plan = plan(file("a.jsonl", CANDIDATES));
    assertThat(problems(plan, select("mean-rank(rewards_a, rewards_b)", "wit + wot")))
        .containsExactly(
            "--scalar: expected the name of scores of the responses, found wot, which is none in"
                + " the first row (rewards.wit?)",
            "--by: expected the name of scores of the responses, found rewards_b, which is none in"
                + " the first row (rewards_a?)");
    assertThat(problems(plan, select("rewards", null)))
        .containsExactly(
            "--by: expected the name of scores of the responses, found rewards, which is none in"
                + " the first row; their scores of the responses are rewards.wit, rewards_a");
    assertThat(problems(plan, select("other", null)).get(0)).contains("found other, which is none");
    assertThat(problems(plan, select("scalar", null)).get(0)).contains("found scalar, which is");
    for (String by : List.of("wit", "rewards.wit", "rewards_a", "mean-rank(wit,rewards_a)")) {
      SelectJob.checkNames(plan, select(by, null), Set.of(), new Configuration());
    }
    SelectJob.checkNames(plan, select("scalar", "2 * wit"), Set.of(), new Configuration());
  }

  @Test
  void whatAModelIsYetToGiveNeedNotBeThere() throws IOException {
    ChoosePlan plan = plan(file("a.jsonl", CANDIDATES));
    SelectRule joined = select("mean-rank(charm,rewards_a)", null);
    SelectJob.checkNames(plan, joined, Set.of("charm"), new Configuration());
    assertThat(problems(plan, select("mean-rank(charm,rewards_c)", null), "charm"))
        .singleElement()
        .asString()
        .endsWith("found rewards_c, which is none in the first row (rewards_a?)");
  }

  @Test
  void rowsOfNoCandidatesAreToldAtOnce() throws IOException {
    ChoosePlan plan = plan(file("a.jsonl", ROW + ROW));
    assertThat(problems(plan, select("rewards", null)))
        .containsExactly(
            "input: expected rows with scores of the responses, found none in the first 2 lines; the"
                + " first: responses: expected a list of strings or of lists of messages, found no such field");
  }

  @Test
  void fieldsThatSelectWouldOverwriteAreToldAtOnce() throws IOException {
    String own =
        CANDIDATES.replace("\"other\"", "\"input\": 1, \"reward\": 2, \"chosen\": 3, \"other\"");
    ChoosePlan plan =
        plan(file("a.jsonl", CANDIDATES), file("b.jsonl", "no row\n" + CANDIDATES + own));
    assertThat(problems(plan, select("rewards_b", null)))
        .containsExactly(
            "--by: expected the name of scores of the responses, found rewards_b, which is none in"
                + " the first 3 rows (rewards_a?)",
            "--field: expected a word NAME for the fields that are written, such as NAME_input, found"
                + " rows whose own would be lost: input, reward");
    SelectRule named =
        new SelectRule(ScoreBy.parse("wit"), null, new Choice.Top(1), new SelectedNames("best"));
    SelectJob.checkNames(plan, named, Set.of(), new Configuration());
  }
}
