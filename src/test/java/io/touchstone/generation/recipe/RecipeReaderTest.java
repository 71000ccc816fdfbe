package io.touchstone.generation.recipe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.conversation.Turn;
import io.touchstone.conversation.format.FormatTable;
import io.touchstone.conversation.format.LastAnswer;
import io.touchstone.conversation.format.ParsedPrompt;
import io.touchstone.conversation.format.PromptRow;
import io.touchstone.conversation.format.PromptRules;
import io.touchstone.conversation.format.ReadRules;
import io.touchstone.conversation.format.RowFormat;
import io.touchstone.conversation.line.RowNote;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class RecipeReaderTest {
  private static final RowPrompts.Fields FIELDS =
      new RowPrompts.Fields("edits", "feedback", "rewards");

  private static final Map<String, String> EDIT =
      Map.of(
          "turn.1.content", "{prompt}",
          "turn.2.role", "assistant",
          "turn.2.content", "{response}",
          "turn.3.role", "user",
          "turn.3.content", "By: {feedback}",
          "feedback.choose", "effective",
          "feedback.none", "<None>");

  private static final Map<String, String> COMMENT =
      Map.of(
          "turn.1.content", "{prompt}",
          "turn.2.role", "user",
          "turn.2.content", "How good is [{response}]?");

  @Test
  void theBestResponseIsTheFirstOfThoseWithTheHighestReward() {
    assertThat(
            asked(
                COMMENT,
                FormatTable.CANDIDATES,
                """
                {"prompt": "Hi", "responses": ["a", null, "b", "c"], "rewards": [1, null, 2.5, 2.5]}"""))
        .containsExactly("user: Hi", "user: How good is [b]?");
    assertThat(
            asked(
                COMMENT,
                FormatTable.CANDIDATES,
                """
                {"prompt": "Hi", "responses": ["a", "b"], "rewards": [-3, null]}"""))
        .containsExactly("user: Hi", "user: How good is [a]?");
    assertThat(
            asked(COMMENT, FormatTable.CANDIDATES, "{\"prompt\": \"Hi\", \"responses\": [\"a\"]}"))
        .containsExactly("user: Hi", "user: How good is [a]?");
  }

  @Test
  void rowsOfAnyFormatWithOneAnswerNeedNoRewards() {
    assertThat(asked(COMMENT, FormatTable.HELPSTEER2, "{\"prompt\": \"Hi\", \"response\": \"a\"}"))
        .containsExactly("user: Hi", "user: How good is [a]?");
    assertThat(
            asked(
                COMMENT,
                FormatTable.MESSAGES,
                """
                {"system": "Short.", "messages": [{"role": "user", "content": "Hi"}, \
                {"role": "assistant", "content": "a"}]}"""))
        .containsExactly("system: Short.", "user: Hi", "user: How good is [a]?");
    assertThat(
            asked(
                COMMENT,
                FormatTable.STEERLM,
                """
                {"mask": "U", "conversations": [{"from": "U", "value": "Hi", "label": null}, \
                {"from": "A", "value": "a", "label": ""}]}"""))
        .containsExactly("user: Hi", "user: How good is [a]?");
    assertThat(
            asked(
                COMMENT,
                FormatTable.CANDIDATES,
                """
                {"prompt": "Hi", "responses": [{"role": "assistant", "content": "a"}]}"""))
        .containsExactly("user: Hi", "user: How good is [a]?");
  }

  @Test
  void whatTellsNoBestResponseIsRejectedWithTheReason() {
    assertThat(
            refused(
                COMMENT,
                FormatTable.CANDIDATES,
                "{\"prompt\": \"Hi\", \"responses\": [\"a\", \"b\"]}"))
        .isEqualTo(
            "missing-field: rewards: expected a list with a number for each of 2 answers, of which one"
                + " is best (jobs/annotate writes rewards; --best-by names another), found no such"
                + " field");
    assertThat(
            refused(
                COMMENT,
                FormatTable.CANDIDATES,
                "{\"prompt\": \"Hi\", \"responses\": [\"a\", \"b\"], \"rewards\": [1]}"))
        .isEqualTo("wrong-length: rewards: expected 2 numbers, one for each answer, found 1");
    assertThat(
            refused(
                COMMENT,
                FormatTable.CANDIDATES,
                "{\"prompt\": \"Hi\", \"responses\": [\"a\", \"b\"], \"rewards\": [{\"x\": 1}, 2]}"))
        .isEqualTo("wrong-type: rewards[0]: expected a number, found an object");
    assertThat(
            refused(
                COMMENT,
                FormatTable.CANDIDATES,
                "{\"prompt\": \"Hi\", \"responses\": [\"a\", null], \"rewards\": [null, 1]}"))
        .isEqualTo("no-response: rewards: expected a score for at least one answer, found none");
    assertThat(
            refused(COMMENT, FormatTable.CANDIDATES, "{\"prompt\": \"Hi\", \"responses\": [null]}"))
        .isEqualTo(
            "no-response: response: expected an answer of the row's, for which the recipe has a place,"
                + " found only null");
    assertThat(
            refused(
                COMMENT,
                FormatTable.MESSAGES,
                "{\"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}]}"))
        .isEqualTo(
            "no-response: response: expected an answer of the row's, for which the recipe has a place,"
                + " found none");
  }

  @Test
  void thoughtsAreNoPartOfAPrompt() {
    PromptRow row =
        row(
            EDIT,
            FormatTable.HELPSTEER2,
            """
            {"prompt": "Hi", "response": "<think>\\nhm\\n</think>\\n\\na", \
            "feedback": ["so</think>However", "<think>for ever", "but <think> stays"]}""");
    assertThat(told(row))
        .containsExactly("user: Hi", "assistant: a", "user: By: However\n\nbut <think> stays");
    assertThat(row.notes()).containsExactly(RowNote.of(RowNote.Kind.THOUGHT_LEFT_OUT));
    assertThat(
            refused(
                COMMENT,
                FormatTable.HELPSTEER2,
                "{\"prompt\": \"Hi\", \"response\": \"<think>for ever\"}"))
        .isEqualTo(
            "no-response: response: expected an answer behind its thought, found a thought without an"
                + " end");
  }

  @Test
  void whatAMessageHasBesideItsTextIsNoPartOfAPromptAndToolCallsAreNoText() {
    String row =
        """
        {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", \
        "content": "a", %s}]}""";
    assertThat(asked(COMMENT, FormatTable.MESSAGES, row.formatted("\"reasoning_content\": \"hm\"")))
        .containsExactly("user: Hi", "user: How good is [a]?");
    assertThat(
            refused(
                COMMENT,
                FormatTable.MESSAGES,
                row.formatted("\"tool_calls\": [{\"function\": {\"name\": \"clock\"}}]")))
        .isEqualTo(
            "unsupported-content: response: expected an answer that is a text, found tool calls");
  }

  @Test
  void feedbackIsATextAListOfTextsOrOfMessages() {
    String row = "{\"prompt\": \"Hi\", \"response\": \"a\", \"feedback\": %s}";
    assertThat(asked(EDIT, FormatTable.HELPSTEER2, row.formatted("\"one {prompt}\"")))
        .endsWith("user: By: one {prompt}");
    assertThat(
            asked(
                EDIT,
                FormatTable.HELPSTEER2,
                row.formatted(
                    "[\"x\", {\"role\": \"assistant\", \"content\": \"but\"}, null, \"y\"]")))
        .endsWith("user: By: but\n\nx\n\ny");
    assertThat(refused(EDIT, FormatTable.HELPSTEER2, row.formatted("[7]")))
        .isEqualTo("wrong-type: feedback[0]: expected a string, found a number");
    assertThat(refused(EDIT, FormatTable.HELPSTEER2, "{\"prompt\": \"Hi\", \"response\": \"a\"}"))
        .isEqualTo(
            "missing-field: feedback: expected a text, or a list of texts, found no such field");
  }

  @Test
  void allFeedbackStandsInItsOrderWhereARecipeDoesNotChoose() {
    Map<String, String> all = new TreeMap<>(EDIT);
    all.remove("feedback.choose");
    assertThat(
            asked(
                all,
                FormatTable.HELPSTEER2,
                """
                {"prompt": "Hi", "response": "a", "feedback": ["1", "but", "The response is perfectly", "4"]}"""))
        .endsWith("user: By: 1\n\nbut\n\nThe response is perfectly\n\n4");
  }

  @Test
  void aRowWithoutFeedbackToEditByIsNotAskedUnlessItIsToBe() {
    String row =
        "{\"prompt\": \"Hi\", \"response\": \"a\", \"feedback\": [\"The response is perfectly good\"]}";
    ParsedPrompt parsed = read(EDIT, RowPrompts.WithoutFeedback.LEFT, FormatTable.HELPSTEER2, row);
    assertThat(unasked(parsed))
        .isEqualTo(row.substring(0, row.length() - 1) + ", \"edits\": []} no-feedback");
    ParsedPrompt asked = read(EDIT, RowPrompts.WithoutFeedback.ASKED, FormatTable.HELPSTEER2, row);
    assertThat(told((PromptRow) asked))
        .containsExactly("user: Hi", "assistant: a", "user: By: <None>");
  }

  @Test
  void answersStandBehindAllThatTheRowHas() {
    String line = "{\"id\": 7.0, \"prompt\":\"Hi\" , \"response\": \"a\", \"feedback\": \"but\"}";
    PromptRow row = row(EDIT, FormatTable.HELPSTEER2, line);
    assertThat(row.place().fields().names())
        .containsExactly(
            "edits",
            "edits_thoughts",
            "edits_finishes",
            "edits_token_counts",
            "edits_logprob_sums");
    assertThat(new String(row.answered(Map.of("edits", "[\"b\"]")), UTF_8))
        .isEqualTo(line.substring(0, line.length() - 1) + ", \"edits\": [\"b\"]}");
    assertThat(row.place().edited()).contains("a");
  }

  @Test
  void aFieldInTheWayIsRefusedAndOneThatIsBroughtIsTaken() {
    String line = "{\"prompt\": \"Hi\", \"response\": \"a\", \"feedback\": \"but\", %s}";
    assertThat(
            refused(EDIT, FormatTable.HELPSTEER2, line.formatted("\"edits_finishes\": [\"eos\"]")))
        .isEqualTo(
            "field-in-the-way: edits_finishes: expected a row without this field, under whose name"
                + " answers are written, found it (--answers-from takes what a row has for its"
                + " answers)");
    String brought = line.formatted("\"edits\": [\"b\"]");
    assertThat(unasked(brought("edits", brought))).isEqualTo(brought + " brought-answers");
    String text = line.formatted("\"mine\": \"b\"");
    assertThat(unasked(brought("mine", text)))
        .isEqualTo(text.substring(0, text.length() - 1) + ", \"edits\": [\"b\"]} brought-answers");
    assertThat(told((PromptRow) brought("mine", line.formatted("\"mine\": null"))))
        .endsWith("user: By: but");
    assertThat(reason(brought("mine", line.formatted("\"mine\": [null]"))))
        .isEqualTo("no-response: mine: expected at least one text, found none");
    assertThat(reason(brought("mine", line.formatted("\"mine\": 7"))))
        .isEqualTo("wrong-type: mine: expected a text, or a list of texts, found a number");
  }

  @Test
  void aPrincipleIsTheRows() {
    Map<String, String> recipe =
        Map.of(
            "turn.1.content", "{prompt}",
            "turn.2.role", "user",
            "turn.2.content", "Judge by {principle}.");
    assertThat(
            asked(
                recipe,
                FormatTable.HELPSTEER2,
                "{\"prompt\": \"Hi\", \"response\": \"a\", \"principle\": \"wit\"}"))
        .containsExactly("user: Hi", "user: Judge by wit.");
    assertThat(refused(recipe, FormatTable.HELPSTEER2, "{\"prompt\": \"Hi\", \"response\": \"a\"}"))
        .isEqualTo(
            "missing-field: principle: expected a text, for which the recipe has a place, found no such"
                + " field");
  }

  @Test
  void refusesFeedbackKeysThatMeanNothing() {
    Map<String, String> recipe = new TreeMap<>(COMMENT);
    recipe.put("feedback.choose", "best");
    recipe.put("feedback.some", "x");
    Problems problems = new Problems();
    assertThat(read(recipe, RowPrompts.WithoutFeedback.LEFT, problems)).isEmpty();
    assertThat(problems.found())
        .containsExactly(
            "[edit.conf] feedback.some: expected turn.1.role, turn.1.content and so on, found"
                + " feedback.some",
            "[edit.conf] feedback.choose: expected all or effective, found 'best'");
    recipe.remove("feedback.some");
    recipe.put("feedback.choose", "all");
    Problems without = new Problems();
    assertThat(read(recipe, RowPrompts.WithoutFeedback.ASKED, without)).isEmpty();
    assertThat(without.found())
        .containsExactly(
            "[edit.conf] feedback.choose: expected {feedback} in a turn, found none",
            "[edit.conf] feedback.none: expected what stands for {feedback} where there is none,"
                + " beside --edit-without-feedback, found no {feedback} in a turn");
  }

  @Test
  void whatDecidesAPromptIsAmongTheSettings() {
    assertThat(prompts(EDIT, RowPrompts.WithoutFeedback.LEFT).settings())
        .isEqualTo(
            Map.of(
                "turn.1", "{prompt}",
                "turn.2", "assistant: {response}",
                "turn.3", "user: By: {feedback}",
                "feedback.choose", "effective",
                "feedback-from", "feedback",
                "best-by", "rewards",
                "into", "edits"));
    assertThat(prompts(EDIT, RowPrompts.WithoutFeedback.ASKED).settings())
        .containsEntry("feedback.none", "<None>");
    Map<String, String> two = new TreeMap<>(COMMENT);
    two.put("turn.2.content", "a");
    two.put("turn.3.role", "user");
    two.put("turn.3.content", "b");
    Map<String, String> one = new TreeMap<>(COMMENT);
    one.put("turn.2.content", "a\nuser: b");
    assertThat(prompts(one, RowPrompts.WithoutFeedback.LEFT).settings())
        .isNotEqualTo(prompts(two, RowPrompts.WithoutFeedback.LEFT).settings());
  }

  private static Optional<RowPrompts> read(
      Map<String, String> recipe, RowPrompts.WithoutFeedback without, Problems problems) {
    return RowPrompts.read(recipe, FIELDS, without, Problem.in("edit.conf"), problems);
  }

  private static RowPrompts prompts(
      Map<String, String> recipe, RowPrompts.WithoutFeedback without) {
    Problems problems = new Problems();
    Optional<RowPrompts> prompts = read(recipe, without, problems);
    assertThat(problems.found()).isEmpty();
    return prompts.orElseThrow();
  }

  private static ParsedPrompt read(
      Map<String, String> recipe,
      RowPrompts.WithoutFeedback without,
      RowFormat format,
      String row) {
    return read(prompts(recipe, without), null, format, row);
  }

  private static ParsedPrompt read(
      RowPrompts prompts, @Nullable String answersFrom, RowFormat format, String row) {
    PromptRules rules = new PromptRules(ReadRules.ALL, LastAnswer.LEFT_OUT, null, answersFrom);
    return new RecipeReader(format, rules, prompts).read(row.getBytes(UTF_8));
  }

  private static ParsedPrompt brought(String field, String row) {
    return read(prompts(EDIT, RowPrompts.WithoutFeedback.LEFT), field, FormatTable.HELPSTEER2, row);
  }

  private static PromptRow row(Map<String, String> recipe, RowFormat format, String row) {
    ParsedPrompt parsed = read(recipe, RowPrompts.WithoutFeedback.LEFT, format, row);
    assertThat(parsed).as(() -> parsed.toString()).isInstanceOf(PromptRow.class);
    return (PromptRow) parsed;
  }

  private static List<String> asked(Map<String, String> recipe, RowFormat format, String row) {
    return told(row(recipe, format, row));
  }

  private static List<String> told(PromptRow row) {
    return row.conversation().turns().stream().map(RecipeReaderTest::told).toList();
  }

  private static String told(Turn turn) {
    return turn.role().word() + ": " + turn.text();
  }

  private static String refused(Map<String, String> recipe, RowFormat format, String row) {
    return reason(read(recipe, RowPrompts.WithoutFeedback.LEFT, format, row));
  }

  private static String reason(ParsedPrompt parsed) {
    return parsed instanceof ParsedPrompt.Unanswerable bad
        ? bad.why().kind() + ": " + bad.why().reason()
        : parsed.toString();
  }

  /** The line, and what it is counted by. */
  private static String unasked(ParsedPrompt parsed) {
    return parsed instanceof ParsedPrompt.Unasked row
        ? new String(row.line(), UTF_8)
            + " "
            + String.join(", ", row.notes().stream().map(RowNote::name).toList())
        : reason(parsed);
  }
}
