package io.touchstone.jobs.generate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.Role;
import io.touchstone.conversation.Turn;
import io.touchstone.conversation.format.Detection;
import io.touchstone.conversation.format.FormatDetector;
import io.touchstone.conversation.format.FormatTable;
import io.touchstone.conversation.format.LastAnswer;
import io.touchstone.conversation.format.ParsedPrompt;
import io.touchstone.conversation.format.PromptReader;
import io.touchstone.conversation.format.PromptRow;
import io.touchstone.conversation.format.PromptRules;
import io.touchstone.conversation.format.ReadRules;
import io.touchstone.conversation.format.RowFormat;
import io.touchstone.conversation.format.RowReader;
import io.touchstone.conversation.line.MalformedRow;
import io.touchstone.conversation.line.ParsedLine;
import io.touchstone.conversation.line.Row;
import io.touchstone.generation.Answer;
import io.touchstone.generation.Finish;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class AnsweredLineTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Texts that could be taken for something else than an answer, too. */
  private static final List<Answer> ANSWERS =
      Stream.of(
              "Plain \"text\"\n",
              "",
              "[{\"role\": \"user\", \"content\": \"no turn\"}]",
              "\n\nHuman: no turn\n\nAssistant: either",
              "{\"role\": \"assistant\", \"content\": \"text\"}")
          .map(text -> answer(text, null))
          .toList();

  /** What two whole conversations are rejected for, of which annotate scores both. */
  private static final String TWO_PROMPTS =
      "expected an answer to the turns that the one in response_a answers, found one to others:"
          + " either may be the prompt";

  private static Answer answer(@Nullable String response, @Nullable String thought) {
    return new Answer(response, thought, Finish.EOS, 3, -1.5);
  }

  private static List<JsonNode> layouts() throws IOException {
    List<JsonNode> layouts = new ArrayList<>();
    try (InputStream in = AnsweredLineTest.class.getResourceAsStream("/layouts/rows.jsonl")) {
      for (String line : new String(in.readAllBytes(), UTF_8).lines().toList()) {
        layouts.add(JSON.readTree(line));
      }
    }
    return layouts;
  }

  @Test
  void everyFormatIsAmongThoseThatAreTried() throws IOException {
    Set<String> tried = new TreeSet<>();
    for (JsonNode layout : layouts()) {
      if (layout.has("format")) {
        tried.add(layout.path("format").asText());
      }
    }
    assertThat(tried)
        .containsAll(FormatTable.ALL.stream().map(RowFormat::word).collect(Collectors.toSet()));
  }

  @TestFactory
  Stream<DynamicTest> rowsOfEveryFormatAreReadAsCandidatesWithTheirPromptsOnceAnswered()
      throws IOException {
    return layouts().stream()
        .filter(layout -> layout.has("format"))
        .map(layout -> DynamicTest.dynamicTest(layout.get("layout").asText(), () -> check(layout)));
  }

  private static void check(JsonNode layout) throws IOException {
    RowFormat format = RowFormat.named(layout.get("format").asText()).orElseThrow();
    RowReader scored = new RowReader(format);
    List<byte[]> answered = new ArrayList<>();
    for (JsonNode row : layout.get("rows")) {
      byte[] line = JSON.writeValueAsBytes(row);
      ParsedPrompt parsed = new PromptReader(format, PromptRules.DEFAULT).read(line);
      ParsedLine before = scored.read(line);
      if (parsed instanceof PromptRow prompt) {
        if (before instanceof Row old) {
          old.conversations().forEach(each -> assertOnePrompt(prompt.conversation(), each));
        }
        byte[] result = new AnsweredLine(prompt, ANSWERS).bytes();
        assertCandidates(prompt.conversation(), result);
        assertKept(row, JSON.readTree(result));
        answered.add(result);
      } else {
        String reason = ((ParsedPrompt.Unanswerable) parsed).why().reason();
        assertThat(before instanceof MalformedRow || reason.endsWith(TWO_PROMPTS))
            .as(reason)
            .isTrue();
      }
    }
    if (format != FormatTable.ARENA_55K) {
      assertThat(FormatDetector.detect(answered))
          .isEqualTo(new Detection.Detected(FormatTable.CANDIDATES));
    }
  }

  /** What was scored of the row as it came begins with the prompt, or ends within it. */
  private static void assertOnePrompt(Conversation prompt, Conversation old) {
    int common = Math.min(prompt.turns().size(), old.turns().size() - 1);
    assertThat(said(prompt.turns().subList(0, common)))
        .isEqualTo(said(old.turns().subList(0, common)));
    assertThat(prompt.tools()).isEqualTo(old.tools());
  }

  private static List<String> said(List<Turn> turns) {
    return turns.stream().map(turn -> turn.role() + " " + turn.text().strip()).toList();
  }

  private static void assertCandidates(Conversation prompt, byte[] line) {
    ParsedLine parsed = new RowReader(FormatTable.CANDIDATES).read(line);
    assertThat(parsed).as(new String(line, UTF_8)).isInstanceOf(Row.class);
    List<Conversation> conversations = ((Row) parsed).conversations();
    assertThat(conversations).hasSameSizeAs(ANSWERS);
    for (int i = 0; i < ANSWERS.size(); i++) {
      List<Turn> expected = new ArrayList<>(prompt.turns());
      expected.add(Turn.of(Role.ASSISTANT, String.valueOf(ANSWERS.get(i).response())));
      assertThat(conversations.get(i)).isEqualTo(new Conversation(expected, prompt.tools()));
    }
  }

  private static void assertKept(JsonNode before, JsonNode after) {
    after
        .properties()
        .forEach(
            field -> {
              if (before.has(field.getKey())
                  && !field.getKey().equals("prompt")
                  && !field.getKey().equals("responses")) {
                assertThat(field.getValue()).isEqualTo(before.get(field.getKey()));
              }
            });
  }

  private static String answered(
      String row, RowFormat format, PromptRules rules, Answer... answers) {
    ParsedPrompt parsed = new PromptReader(format, rules).read(row.getBytes(UTF_8));
    return parsed instanceof PromptRow prompt
        ? new String(new AnsweredLine(prompt, List.of(answers)).bytes(), UTF_8)
        : ((ParsedPrompt.Unanswerable) parsed).why().reason();
  }

  @Test
  void aVoteOnAnswersToOnePromptIsAPromptAndOneOnConversationsThatPartedSoonerIsNone() {
    String row = "{\"prompt\": %s, \"response_a\": %s, \"response_b\": %s, \"winner_model_a\": 1}";
    assertThat(
            answered(
                row.formatted("\"[\\\"a\\\"]\"", "\"[\\\"b\\\"]\"", "\"[\\\"c\\\"]\""),
                FormatTable.ARENA_55K,
                PromptRules.DEFAULT,
                answer("d", null)))
        .isEqualTo(
            "{\"prompt\": \"a\", \"responses\": [\"d\"], \"thoughts\": [null], \"finishes\": [\"eos\"],"
                + " \"token_counts\": [3], \"logprob_sums\": [-1.5], \"winner_model_a\": 1}");
    assertThat(
            answered(
                row.formatted("[\"a\", \"b\"]", "[\"1\", \"2\"]", "[\"3\", \"4\"]"),
                FormatTable.ARENA_55K,
                PromptRules.DEFAULT))
        .isEqualTo("response_b: " + TWO_PROMPTS);
  }

  @Test
  void otherFieldsStayAsTheyStandAndAnswersComeFirst() {
    assertThat(
            answered(
                "{\"id\" : 1.50, \"prompt\": \"a\", \"x\": \"\\u00e9\", \"response\": \"b\"}",
                FormatTable.HELPSTEER2,
                PromptRules.DEFAULT,
                answer("yes", null),
                new Answer(null, "hm", Finish.LENGTH, 7, Double.NaN)))
        .isEqualTo(
            "{\"prompt\": \"a\", \"responses\": [\"yes\", null], \"thoughts\": [null, \"hm\"],"
                + " \"finishes\": [\"eos\", \"length\"], \"token_counts\": [3, 7], \"logprob_sums\":"
                + " [-1.5, null], \"id\" : 1.50, \"x\": \"\\u00e9\"}");
  }

  @Test
  void aSystemColumnBecomesATurnAndToolsStayWhereTheyAreReadOrComeThere() {
    assertThat(
            answered(
                "{\"system\":\"s\",\"tools\":[{\"name\":\"f\"}],\"prompt\":\"a\",\"response\":\"b\"}",
                FormatTable.HELPSTEER2,
                PromptRules.DEFAULT,
                answer("yes", null)))
        .isEqualTo(
            "{\"prompt\":[{\"role\":\"system\",\"content\":\"s\"},{\"role\":\"user\",\"content\":\"a\"}],"
                + "\"responses\":[\"yes\"],\"thoughts\":[null],\"finishes\":[\"eos\"],"
                + "\"token_counts\":[3],\"logprob_sums\":[-1.5],\"tools\":[{\"name\":\"f\"}]}");
    RowFormat mapped =
        FormatTable.HELPSTEER2.mapped(
            io.touchstone.conversation.format.FieldMap.parse("prompt=q.text,tools=functions"));
    assertThat(
            answered(
                "{\"q\":{\"text\":\"a\",\"n\":1},\"functions\":[{\"name\":\"f\"}]}",
                mapped,
                PromptRules.DEFAULT,
                answer("yes", null)))
        .as("a part of a field is read, and the field stays")
        .isEqualTo(
            "{\"prompt\":\"a\",\"responses\":[\"yes\"],\"thoughts\":[null],\"finishes\":[\"eos\"],"
                + "\"token_counts\":[3],\"logprob_sums\":[-1.5],\"tools\":[{\"name\":\"f\"}],"
                + "\"q\":{\"text\":\"a\",\"n\":1}}");
  }

  @Test
  void anAnswerThatWasBegunIsWrittenWhole() {
    PromptRules rules = new PromptRules(ReadRules.ALL, LastAnswer.CONTINUED, null);
    String row =
        "{\"messages\": [{\"role\": \"user\", \"content\": \"a\"}, {\"role\": \"assistant\","
            + " \"content\": \"%s\"}]}";
    assertThat(answered(row.formatted("Once"), FormatTable.MESSAGES, rules, answer(" upon", null)))
        .startsWith("{\"prompt\": \"a\", \"responses\": [\"Once upon\"], \"thoughts\": [null],");
    assertThat(
            answered(
                row.formatted("<think>\\nFirst"),
                FormatTable.MESSAGES,
                rules,
                answer("Yes.", ", second")))
        .startsWith(
            "{\"prompt\": \"a\", \"responses\": [\"Yes.\"], \"thoughts\": [\"First, second\"],");
    assertThat(answered(row.formatted("Once "), FormatTable.MESSAGES, rules))
        .isEqualTo(
            "messages[1]: expected the beginning of an answer without white space at its end, found"
                + " one with it: some chat templates take it away, and the answer would go on from"
                + " another text");
    assertThat(
            answered(
                row.formatted("Once"),
                FormatTable.MESSAGES,
                PromptRules.DEFAULT,
                answer("b", null)))
        .startsWith("{\"prompt\": \"a\", \"responses\": [\"b\"],");
  }

  @Test
  void aRowsOwnPromptThatIsAmongItsTurnsIsNotInTheWay() {
    String row =
        "{\"prompt\":\"a\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\","
            + "\"content\":\"b\"},{\"role\":\"user\",\"content\":\"c\"}]}";
    assertThat(answered(row, FormatTable.MESSAGES, PromptRules.DEFAULT, answer("d", null)))
        .isEqualTo(
            "{\"prompt\":[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\",\"content\":\"b\"},"
                + "{\"role\":\"user\",\"content\":\"c\"}],\"responses\":[\"d\"],\"thoughts\":[null],"
                + "\"finishes\":[\"eos\"],\"token_counts\":[3],\"logprob_sums\":[-1.5]}");
  }

  @Test
  void aFieldThatWouldBeLostOrTakenForScoresIsInTheWay() {
    String row = "{\"messages\": [{\"role\": \"user\", \"content\": \"a\"}], \"%s\": 1}";
    assertThat(answered(row.formatted("prompt"), FormatTable.MESSAGES, PromptRules.DEFAULT))
        .isEqualTo(
            "prompt: expected a row without this field, under whose name answers are written, found"
                + " it");
    assertThat(answered(row.formatted("rewards"), FormatTable.MESSAGES, PromptRules.DEFAULT))
        .isEqualTo(
            "rewards: expected a row without this field, which would be taken for scores of the new"
                + " answers, found it");
  }
}
