package io.touchstone.conversation.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.line.Row;
import io.touchstone.conversation.line.RowProblem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class JoinReaderTest {

  private static final String MESSAGES =
      "[{\"role\":\"user\",\"content\":\"q\"},{\"role\":\"assistant\",\"content\":\"a\"}]";

  /** A row of each format by its word, where it is read as it stands and where it is not. */
  private static final Map<String, List<String>> ROWS = new LinkedHashMap<>();

  private static void rows(String format, String... rows) {
    ROWS.put(format, List.of(rows));
  }

  static {
    rows(
        "helpsteer2",
        "{\"prompt\": \"q\", \"response\": \"a\"}",
        "{\"system\": \"s\", \"prompt\": \"q\", \"response\": \"caf\\u00e9\"}",
        "{\"prompt\": [{\"role\": \"user\", \"content\": \"q\"}], \"response\": [{\"role\":"
            + " \"assistant\", \"content\": \"a\", \"name\": \"n\"}]}");
    rows("helpsteer3", "{\"context\": \"q\", \"response1\": \"a\", \"response2\": \"b\"}");
    rows(
        "messages",
        "{\"messages\": " + MESSAGES + "}",
        "{\"system\": \"s\", \"messages\": " + MESSAGES + "}");
    rows(
        "sharegpt",
        "{\"conversations\": [{\"from\": \"human\", \"value\": \"q\"}, {\"from\": \"gpt\","
            + " \"value\": \"Human: x\"}]}");
    rows("candidates", "{\"prompt\": \"q\", \"responses\": [\"a\", null, \"b\"]}");
    rows(
        "preference",
        "{\"prompt\": \"q\", \"chosen\": \"a\", \"rejected\": \"b\"}",
        "{\"chosen\": " + MESSAGES + ", \"rejected\": " + MESSAGES + "}",
        "{\"chosen\": \"\\n\\nHuman: q\\n\\nAssistant: a\", \"rejected\": \"\\n\\nHuman:"
            + " q\\n\\nAssistant: b\"}");
    rows("best-of-n", "{\"input\": \"q\", \"output\": \"a\"}");
    rows(
        "preference-lists",
        "{\"prompt\": \"q\", \"chosen\": [\"a\"], \"rejected\": [\"b\", \"c\"]}");
    rows(
        "alpaca",
        "{\"instruction\": \"q\", \"input\": \"\", \"output\": \"a\"}",
        "{\"instruction\": \"q\", \"input\": \"more\", \"output\": \"a\"}");
    rows("numbered", "{\"prompt\": \"q\", \"response_1\": \"a\", \"response_2\": \"b\"}");
    rows(
        "nemo-rl",
        "{\"context\": \"q\", \"completions\": [{\"completion\": \"a\"}, {\"completion\": \"b\"}]}");
    rows(
        "arena",
        "{\"conversation_a\": " + MESSAGES + ", \"conversation_b\": " + MESSAGES + "}");
  }

  private static JoinedPrompt read(String format, String row, String... words) {
    return new JoinReader(RowFormat.named(format).orElseThrow(), List.of(words))
        .read(row.getBytes(UTF_8));
  }

  private static List<Conversation> conversations(RowFormat format, byte[] row) {
    return ((Row) new RowReader(format).read(row)).conversations();
  }

  @TestFactory
  Stream<DynamicTest> theJoinedRowHoldsTheConversationsOfTheRowsThatItWasMadeOf() {
    return ROWS.entrySet().stream()
        .flatMap(
            of ->
                of.getValue().stream()
                    .map(
                        row ->
                            DynamicTest.dynamicTest(
                                of.getKey() + " " + row, () -> holdsTheSame(of.getKey(), row))));
  }

  private static void holdsTheSame(String format, String line) {
    JoinedPrompt row = read(format, line);
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("prompt", row.prompt());
    List<String> twice = new ArrayList<>(row.answers());
    twice.addAll(row.answers());
    fields.put("responses", "[" + String.join(",", twice) + "]");
    byte[] joined = row.row().rebuilt(fields, row.taken());
    List<Conversation> own =
        conversations(RowFormat.named(format).orElseThrow(), line.getBytes(UTF_8));
    List<Conversation> expected = new ArrayList<>(own);
    expected.addAll(own);
    assertThat(conversations(FormatTable.CANDIDATES, joined)).isEqualTo(expected);
  }

  @Test
  void whatAnswersHaveBecomesListsAndAllElseStays() {
    JoinedPrompt row =
        read(
            "preference",
            "{\"prompt\": \"q\", \"chosen\": \"caf\\u00e9\", \"rejected\": \"b\", \"chosen_reward\":"
                + " 2.50, \"mark\": 1, \"chosen_clarity\": {\"x\": 1}, \"finishes\": [\"stop\","
                + " \"length\"]}",
            "clarity");
    assertThat(row.answers()).containsExactly("\"caf\\u00e9\"", "\"b\"");
    assertThat(row.values())
        .isEqualTo(
            Map.of(
                "rewards",
                List.of("2.50", "null"),
                "clarity",
                List.of("{\"x\": 1}", "null"),
                "finishes",
                List.of("\"stop\"", "\"length\"")));
    assertThat(row.row().names().stream().filter(name -> !row.taken().contains(name)))
        .containsExactly("mark");
  }

  @Test
  void rowsThatWouldLoseSomethingAreRejected() {
    assertThatThrownBy(
            () ->
                read(
                    "messages",
                    "{\"messages\": [{\"role\": \"user\", \"content\": \"q\"}, {\"role\":"
                        + " \"assistant\", \"content\": \"a\"}, {\"role\": \"user\", \"content\":"
                        + " \"more\"}]}"))
        .isInstanceOf(RowProblem.class)
        .hasMessage(
            "messages: expected the assistant's turn last, found another, which a joined row has no"
                + " place for");
    assertThatThrownBy(
            () -> read("helpsteer2", "{\"prompt\": \"q\", \"response\": \"a\", \"rewards\": [1]}"))
        .hasMessage(
            "rewards: expected a row without this field, which a list of the joined row is called,"
                + " found it");
    assertThatThrownBy(
            () -> read("candidates", "{\"prompt\":\"q\",\"responses\":[\"a\"],\"rewards\":[1,2]}"))
        .hasMessage("rewards: expected 1 values, one for each answer, found 2");
    assertThatThrownBy(
            () -> read("helpsteer2", "{\"prompt\": \"q\", \"response\": \"a\", \"reward\": true}"))
        .hasMessage(
            "reward: expected a number, an object of numbers or null, found a boolean");
    assertThatThrownBy(
            () ->
                read(
                    "arena",
                    "{\"conversation_a\": "
                        + MESSAGES
                        + ", \"conversation_b\": "
                        + MESSAGES.replace("\"q\"", "\"other\"")
                        + "}"))
        .hasMessage(
            "conversation_a: expected answers to one prompt, found answers to different ones in one"
                + " row");
  }

  @Test
  void labelsWithinTurnsAndStepsCannotStandInLists() {
    assertThat(RowFormat.named("steerlm").map(JoinReader::joins)).contains(false);
    assertThat(RowFormat.named("stepwise").map(JoinReader::joins)).contains(false);
    assertThat(RowFormat.named("edits").map(JoinReader::joins)).contains(false);
  }
}
