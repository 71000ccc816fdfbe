package io.touchstone.conversation.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.line.JsonRow;
import io.touchstone.conversation.line.Row;
import io.touchstone.conversation.line.RowProblem;
import io.touchstone.conversation.line.RowValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
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
    rows("arena", "{\"conversation_a\": " + MESSAGES + ", \"conversation_b\": " + MESSAGES + "}");
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
    assertThat(conversations(FormatTable.CANDIDATES, twice(row)))
        .isEqualTo(
            doubled(conversations(RowFormat.named(format).orElseThrow(), line.getBytes(UTF_8))));
  }

  /** What becomes of two rows that are alike. */
  private static byte[] twice(JoinedPrompt row) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("prompt", row.prompt());
    fields.put("responses", "[" + String.join(",", doubled(row.answers())) + "]");
    return row.row().rebuilt(fields, row.taken());
  }

  private static <T> List<T> doubled(List<T> list) {
    List<T> twice = new ArrayList<>(list);
    twice.addAll(list);
    return twice;
  }

  /** Columns that were left unread are so of the joined row too. */
  private static RowFormat candidates(RowFormat asked) {
    SortedMap<String, List<FieldPath>> paths = new TreeMap<>(asked.map().paths());
    paths.keySet().retainAll(RowColumns.ofPrompt());
    return paths.isEmpty()
        ? FormatTable.CANDIDATES
        : FormatTable.CANDIDATES.mapped(new FieldMap(paths));
  }

  /** Rows of odd spacing, escapes, orders, places and values. */
  @Test
  void generatedRowsOfEveryFormatAreJoinedWholeOrRejected() {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    Map<String, Integer> joined = new TreeMap<>();
    for (RowFormat format : FormatTable.ALL.stream().filter(JoinReader::joins).toList()) {
      for (int round = 0; round < 100; round++) {
        RowGenerator generator = new RowGenerator(random);
        RowFormat asked = random.nextInt(3) == 0 ? generator.mapped(format) : format;
        byte[] line = generator.row(asked, ScoredTurns.LAST).line().getBytes(UTF_8);
        if (isJoined(asked, line)) {
          joined.merge(format.word(), 1, Integer::sum);
        }
      }
    }
    // Of two generated conversations the prompts differ.
    assertThat(joined)
        .containsKeys("helpsteer2", "messages", "sharegpt", "candidates", "preference", "alpaca")
        .containsKeys("preference-lists", "numbered", "ultrafeedback", "nectar", "conversation");
  }

  /** False if it is rejected for what cannot be joined. */
  private static boolean isJoined(RowFormat format, byte[] line) {
    if (JoinReader.mapsColumns(format)) {
      return false;
    }
    JoinedPrompt row;
    try {
      row = new JoinReader(format, List.of()).read(line);
    } catch (RowProblem problem) {
      assertThat(problem.row().kind())
          .isIn(
              "field-in-the-way",
              "ends-with-user",
              "ambiguous",
              "duplicate-field",
              "not-finite",
              "wrong-type",
              "wrong-length");
      return false;
    }
    JsonRow whole = JsonRow.read(line);
    JsonRow result = JsonRow.read(twice(row));
    whole.names().stream()
        .filter(name -> !row.taken().contains(name))
        .forEach(
            name ->
                assertThat(result.find(name).map(RowValue::json))
                    .isEqualTo(whole.find(name).map(RowValue::json)));
    assertThat(conversations(candidates(format), twice(row)))
        .as(new String(line, UTF_8))
        .isEqualTo(doubled(conversations(format, line)));
    return true;
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
            () -> read("helpsteer2", "{\"prompt\":\"q\",\"response\":\"a\",\"x\":1,\"x\":2}"))
        .hasMessage("x: expected the field once, found it twice");
    assertThatThrownBy(
            () -> read("helpsteer2", "{\"prompt\": \"q\", \"response\": \"a\", \"reward\": true}"))
        .hasMessage("reward: expected a number, an object of numbers or null, found a boolean");
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
