package io.touchstone.selection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.touchstone.conversation.line.MalformedRow;
import io.touchstone.conversation.line.RowProblem;
import io.touchstone.selection.formula.Formula;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SelectRuleTest {

  private static final ScoreBy REWARDS = new ScoreBy.Named("rewards");
  private static final String ROW =
      "{\"prompt\": \"p\", \"responses\": [\"a\", \"b\", \"c\"], \"rewards\": [1.50, 2.25, 2.25],"
          + " \"id\": 12345678901234567890}";
  private static final String ATTRIBUTES =
      "{\"prompt\":\"p\",\"responses\":[\"a\",\"b\"],\"rewards\":[{\"helpfulness\": 3,"
          + " \"verbosity\": 1},{\"helpfulness\": 2.0, \"verbosity\": 0}]}";

  private static List<String> lines(SelectRule rule, String row) {
    return rule.select(row.getBytes(UTF_8)).lines().stream()
        .map(line -> new String(line, UTF_8))
        .toList();
  }

  private static SelectRule top(ScoreBy by, int count) {
    return new SelectRule(by, null, new Choice.Top(count), SelectedNames.OWN);
  }

  private static SelectRule pairs(ScoreBy by, PairRule.Which which) {
    return new SelectRule(by, null, new PairRule(which, BigDecimal.ZERO, 9), SelectedNames.OWN);
  }

  private static MalformedRow refusal(SelectRule rule, String row) {
    return catchThrowableOfType(RowProblem.class, () -> lines(rule, row)).row();
  }

  @Test
  void theBestCandidateTakesThePlaceOfAllWithEveryOtherFieldAsItWas() {
    assertThat(lines(top(REWARDS, 1), ROW))
        .containsExactly(
            "{\"input\": \"p\", \"output\": \"b\", \"reward\": 2.25, \"id\": 12345678901234567890}");
    assertThat(top(REWARDS, 1).select(ROW.getBytes(UTF_8)).tied()).isTrue();
    assertThat(top(REWARDS, 2).select(ROW.getBytes(UTF_8)).tied()).isFalse();
    assertThat(lines(top(REWARDS, 5), ROW))
        .hasSize(3)
        .last()
        .asString()
        .contains("\"output\": \"a\", \"reward\": 1.50");
  }

  @Test
  void attributesAreComparedByNameAndTheWholeRewardIsWritten() {
    String best =
        "{\"input\":\"p\",\"output\":\"b\",\"reward\":{\"helpfulness\": 2.0, \"verbosity\": 0}}";
    String least = "{\"input\":\"p\",\"output\":\"a\"";
    assertThat(lines(top(new ScoreBy.Named("helpfulness"), 1), ATTRIBUTES).get(0))
        .startsWith(least);
    assertThat(lines(top(new ScoreBy.Named("rewards.verbosity"), 2), ATTRIBUTES))
        .containsExactly(
            "{\"input\":\"p\",\"output\":\"a\",\"reward\":{\"helpfulness\": 3, \"verbosity\": 1}}",
            best);
  }

  @Test
  void aScalarIsWrittenBesideTheRewardAndMayDecide() {
    SelectRule rule =
        new SelectRule(
            new ScoreBy.Named("scalar"),
            Formula.parse("helpfulness - 2*verbosity"),
            new Choice.Top(1),
            SelectedNames.OWN);
    assertThat(lines(rule, ATTRIBUTES))
        .containsExactly(
            "{\"input\":\"p\",\"output\":\"b\",\"reward\":{\"helpfulness\": 2.0, \"verbosity\":"
                + " 0},\"scalar\":2.0}");
  }

  @Test
  void severalModelsAreJoinedByTheirRanks() {
    String row =
        "{\"prompt\": \"p\", \"responses\": [\"a\", \"b\", \"c\"], \"one\": [9, 5, 1], \"two\": [0.1,"
            + " 0.3, 0.2]}";
    assertThat(lines(top(new ScoreBy.MeanOfRanks(List.of("one", "two")), 3), row))
        .containsExactly(
            "{\"input\": \"p\", \"output\": \"b\", \"reward\": 2.5, \"one\": [9, 5, 1], \"two\":"
                + " [0.1, 0.3, 0.2]}",
            "{\"input\": \"p\", \"output\": \"a\", \"reward\": 2.0, \"one\": [9, 5, 1], \"two\":"
                + " [0.1, 0.3, 0.2]}",
            "{\"input\": \"p\", \"output\": \"c\", \"reward\": 1.5, \"one\": [9, 5, 1], \"two\":"
                + " [0.1, 0.3, 0.2]}");
  }

  @Test
  void pairsHaveTheFieldsThatTrainersRead() {
    assertThat(lines(pairs(REWARDS, PairRule.Which.BEST_WORST), ROW))
        .containsExactly(
            "{\"prompt\": \"p\", \"chosen\": \"b\", \"rejected\": \"a\", \"chosen_score\": 2.25,"
                + " \"rejected_score\": 1.50, \"id\": 12345678901234567890}");
    assertThat(
            lines(
                pairs(REWARDS, PairRule.Which.BEST_WORST),
                "{\"prompt\": [{\"role\": \"user\", \"content\": \"p\"}], \"responses\": [\"a\","
                    + " \"b\"], \"rewards\": [0, 1]}"))
        .containsExactly(
            "{\"prompt\": [{\"role\": \"user\", \"content\": \"p\"}], \"chosen\": [{\"role\":"
                + " \"assistant\", \"content\": \"b\"}], \"rejected\": [{\"role\": \"assistant\","
                + " \"content\": \"a\"}], \"chosen_score\": 1, \"rejected_score\": 0}");
    assertThat(
            lines(
                pairs(REWARDS, PairRule.Which.ALL),
                "{\"prompt\": \"p\", \"responses\": [\"a\", \"b\"], \"rewards\": [1, 1]}"))
        .isEmpty();
  }

  @Test
  void aCandidateWithoutAScoreIsSkippedAndCounted() {
    String row =
        "{\"prompt\": \"p\", \"responses\": [null, \"b\", \"c\", \"d\"], \"rewards\": [null, 1, 3,"
            + " null], \"more\": [{\"a\": 1}, {\"a\": 9}, {\"a\": 4}, null]}";
    SelectRule.Selected best = top(REWARDS, 1).select(row.getBytes(UTF_8));
    assertThat(best.skipped()).isEqualTo(2);
    assertThat(new String(best.lines().get(0), UTF_8))
        .startsWith("{\"input\": \"p\", \"output\": \"c\", \"reward\": 3, \"more\":");
    assertThat(lines(pairs(REWARDS, PairRule.Which.ALL), row))
        .containsExactly(
            "{\"prompt\": \"p\", \"chosen\": \"c\", \"rejected\": \"b\", \"chosen_score\": 3,"
                + " \"rejected_score\": 1, \"more\": [{\"a\": 1}, {\"a\": 9}, {\"a\": 4}, null]}");
    assertThat(lines(top(new ScoreBy.Named("more.a"), 9), row))
        .satisfiesExactly(
            first -> assertThat(first).contains("\"output\": \"b\", \"reward\": {\"a\": 9}"),
            second -> assertThat(second).contains("\"output\": \"c\", \"reward\": {\"a\": 4}"));
    assertThat(lines(top(new ScoreBy.MeanOfRanks(List.of("rewards", "more.a")), 9), row))
        .satisfiesExactly(
            first -> assertThat(first).contains("\"output\": \"b\", \"reward\": 1.5"),
            second -> assertThat(second).contains("\"output\": \"c\", \"reward\": 1.5"));
    assertThat(
            refusal(
                top(REWARDS, 1),
                "{\"prompt\": \"p\", \"responses\": [null, \"b\"], \"rewards\": [1, null]}"))
        .isEqualTo(
            new MalformedRow(
                "nothing-to-score",
                "responses: expected a score for at least one response, found none"));
  }

  @Test
  void aResponseOfMessagesIsWrittenAsItStands() {
    String row =
        "{\"prompt\": [{\"role\": \"user\", \"content\": \"p\"}], \"responses\": [[{\"role\":"
            + " \"assistant\", \"content\": \"a\"}], \"b\"], \"rewards\": [2, 1]}";
    assertThat(lines(pairs(REWARDS, PairRule.Which.BEST_WORST), row))
        .containsExactly(
            "{\"prompt\": [{\"role\": \"user\", \"content\": \"p\"}], \"chosen\": [{\"role\":"
                + " \"assistant\", \"content\": \"a\"}], \"rejected\": [{\"role\": \"assistant\","
                + " \"content\": \"b\"}], \"chosen_score\": 2, \"rejected_score\": 1}");
    assertThat(
            refusal(top(REWARDS, 1), "{\"prompt\": \"p\", \"responses\": [7], \"rewards\": [2]}")
                .reason())
        .isEqualTo(
            "responses[0]: expected a string, a message, a list of messages or null, found a number");
  }

  @Test
  void aMessageIsAResponseAsGeneratedRowsHaveThem() {
    String message = "{\"role\": \"assistant\", \"content\": \"a\"}";
    String row = "{\"prompt\": %s, \"responses\": [" + message + ", \"b\"], \"rewards\": [2, 1]}";
    assertThat(lines(top(REWARDS, 1), row.formatted("\"p\"")))
        .containsExactly("{\"input\": \"p\", \"output\": " + message + ", \"reward\": 2}");
    assertThat(
            lines(
                pairs(REWARDS, PairRule.Which.BEST_WORST),
                row.formatted("[{\"role\": \"user\", \"content\": \"p\"}]")))
        .first()
        .asString()
        .contains("\"chosen\": [" + message + "], \"rejected\": [{");
  }

  @Test
  void listsBesideGeneratedResponsesFollowTheChosenOnes() {
    String row =
        "{\"prompt\": \"p\", \"responses\": [null, \"a\", \"b\"], \"thoughts\": [\"x\", null,"
            + " \"y\"], \"finishes\": [\"length\", \"eos\", \"stop\"], \"token_counts\": [9, 1, 2],"
            + " \"logprob_sums\": [-9, -1], \"notes\": [1, 2, 3], \"rewards\": [null, 1, 2]}";
    assertThat(lines(top(REWARDS, 1), row))
        .containsExactly(
            "{\"input\": \"p\", \"output\": \"b\", \"reward\": 2, \"thoughts\": [\"y\"],"
                + " \"finishes\": [\"stop\"], \"token_counts\": [2], \"logprob_sums\": [-9, -1],"
                + " \"notes\": [1, 2, 3]}");
    assertThat(lines(pairs(REWARDS, PairRule.Which.BEST_WORST), row))
        .containsExactly(
            "{\"prompt\": \"p\", \"chosen\": \"b\", \"rejected\": \"a\", \"chosen_score\": 2,"
                + " \"rejected_score\": 1, \"thoughts\": [\"y\", null], \"finishes\": [\"stop\","
                + " \"eos\"], \"token_counts\": [2, 1], \"logprob_sums\": [-9, -1], \"notes\": [1, 2,"
                + " 3]}");
  }

  @Test
  void pairsAreApartByTheDecimalsThatAreWritten() {
    String row =
        "{\"prompt\": \"p\", \"responses\": [\"a\", \"b\", \"c\", \"d\"], \"rewards\": [0.3, 0.20, 1e-1, %s]}";
    SelectRule rule =
        new SelectRule(
            REWARDS,
            null,
            new PairRule(PairRule.Which.ALL, new BigDecimal("0.1"), 9),
            SelectedNames.OWN);
    // 0.3 - 0.2 is less than 0.1 in doubles, and so is 0.2 - 0.1 than 0.3 - 0.2.
    assertThat(lines(rule, row.formatted("0.11")))
        .extracting(
            line -> line.replaceAll(".*\"chosen\": \"(.)\", \"rejected\": \"(.)\".*", "$1$2"))
        .containsExactly("ac", "ad", "ab", "bc");
    assertThat(lines(rule, row.formatted("1e-99999999"))).hasSize(6);
    assertThat(lines(rule, row.formatted("0." + "1".repeat(100)))).hasSize(4);
  }

  @Test
  void aFieldOfTheRowsOwnIsNeverLost() {
    String row =
        "{\"prompt\": \"p\", \"responses\": [\"a\"], \"rewards\": [1], \"output\": \"mine\","
            + " \"reward\": \"x\", \"chosen\": \"old\", \"scalar\": 3}";
    assertThat(refusal(top(REWARDS, 1), row))
        .isEqualTo(
            new MalformedRow(
                "field-in-the-way",
                "output, reward: expected no such field, which would be lost; --field NAME writes"
                    + " under other names"));
    assertThat(refusal(pairs(REWARDS, PairRule.Which.ALL), row).reason()).startsWith("chosen: ");
    SelectRule scalar =
        new SelectRule(REWARDS, Formula.parse("2 * rewards"), new Choice.Top(1), SelectedNames.OWN);
    assertThat(refusal(scalar, row).reason()).startsWith("output, reward, scalar: expected");
    SelectRule named =
        new SelectRule(
            REWARDS, Formula.parse("2 * rewards"), new Choice.Top(1), new SelectedNames("best"));
    assertThat(lines(named, row))
        .containsExactly(
            "{\"best_input\": \"p\", \"best_output\": \"a\", \"best_reward\": 1,"
                + " \"best_scalar\": 2.0, \"output\": \"mine\", \"reward\": \"x\", \"chosen\":"
                + " \"old\", \"scalar\": 3}");
  }

  @Test
  void rewardsThatNothingWasTakenFromStay() {
    String row =
        "{\"prompt\": \"p\", \"responses\": [\"a\", \"b\"], \"rewards\": [1, 2], \"other\": [4, 3]}";
    assertThat(lines(top(new ScoreBy.Named("other"), 1), row))
        .containsExactly(
            "{\"input\": \"p\", \"output\": \"a\", \"reward\": 4, \"rewards\": [1, 2], \"other\":"
                + " [4, 3]}");
  }

  @Test
  void aRowWithoutWhatIsAskedForIsRefusedByItsPlace() {
    SelectRule rule = top(REWARDS, 1);
    assertThat(refusal(rule, "{\"responses\": [\"a\"]}").reason())
        .isEqualTo("prompt: expected a string or a list of messages, found no such field");
    assertThat(refusal(rule, "{\"prompt\": \"p\", \"responses\": [\"a\"]}"))
        .isEqualTo(
            new MalformedRow(
                "missing-field",
                "rewards: expected a list with a score for each response, found no such field"));
    assertThat(refusal(rule, "{\"prompt\": 1, \"responses\": [\"a\"]}").reason())
        .isEqualTo("prompt: expected a string or a list of messages, found a number");
    assertThat(refusal(rule, "{\"prompt\": \"p\", \"responses\": []}").kind())
        .isEqualTo("nothing-to-score");
    assertThat(
            refusal(rule, "{\"prompt\": \"p\", \"responses\": [\"a\", \"b\"], \"rewards\": [1]}"))
        .isEqualTo(
            new MalformedRow(
                "wrong-length", "rewards: expected 2 scores, one for each response, found 1"));
    assertThat(
            refusal(rule, "{\"prompt\": \"p\", \"responses\": [\"a\"], \"rewards\": [\"1\"]}")
                .reason())
        .isEqualTo("rewards[0]: expected a number, found a string");
    assertThat(refusal(rule, ATTRIBUTES).reason())
        .isEqualTo(
            "rewards[0]: expected a number, or an attribute's name after --by or in --scalar,"
                + " found an object");
    assertThat(refusal(top(new ScoreBy.Named("humor"), 1), ATTRIBUTES).reason())
        .isEqualTo(
            "rewards[0].humor: expected a number, found no such attribute among helpfulness,"
                + " verbosity");
    assertThat(refusal(top(new ScoreBy.Named("humor"), 1), ROW).reason())
        .isEqualTo("rewards[0]: expected an object with humor, found a number");
    SelectRule divided =
        new SelectRule(
            REWARDS, Formula.parse("1 / (rewards - 1.5)"), new Choice.Top(1), SelectedNames.OWN);
    assertThat(refusal(divided, ROW))
        .isEqualTo(
            new MalformedRow("not-finite", "scalar[0]: expected a finite result, found Infinity"));
  }
}
