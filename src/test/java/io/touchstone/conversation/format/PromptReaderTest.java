package io.touchstone.conversation.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.conversation.Turn;
import io.touchstone.conversation.line.RowNote;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class PromptReaderTest {

  private static final String USER = "{\"role\": \"user\", \"content\": \"u%d\"}";
  private static final String ASSISTANT = "{\"role\": \"assistant\", \"content\": \"a%d\"}";
  private static final String CALL =
      "{\"role\": \"assistant\", \"content\": null, \"tool_calls\": [{\"function\": {}}]}";
  private static final String RESULT = "{\"role\": \"tool\", \"content\": \"42\"}";

  private static ParsedPrompt read(RowFormat format, LastAnswer last, String row) {
    return new PromptReader(format, new PromptRules(ReadRules.ALL, last, null))
        .read(row.getBytes(UTF_8));
  }

  /** What is asked, turn by turn, or why nothing is. */
  private static String asked(RowFormat format, String row) {
    return told(read(format, LastAnswer.LEFT_OUT, row));
  }

  private static String told(ParsedPrompt parsed) {
    if (parsed instanceof ParsedPrompt.Unanswerable bad) {
      return bad.why().kind() + ": " + bad.why().reason();
    }
    PromptRow row = (PromptRow) parsed;
    List<String> turns = row.conversation().turns().stream().map(PromptReaderTest::told).toList();
    return turns + row.beginning().map(text -> " begun with " + text).orElse("");
  }

  private static String told(Turn turn) {
    return turn.role().word() + " " + turn.text();
  }

  private static String messages(String... turns) {
    return "{\"messages\": [" + String.join(", ", Arrays.asList(turns)) + "]}";
  }

  @Test
  void messagesAreAskedUpToTheLastUsersTurnAndThoseThatAwaitAnAnswerAsTheyStand() {
    String u1 = USER.formatted(1);
    String a1 = ASSISTANT.formatted(1);
    String u2 = USER.formatted(2);
    String a2 = ASSISTANT.formatted(2);
    assertThat(asked(FormatTable.MESSAGES, messages(u1, a1, u2, a2)))
        .isEqualTo("[user u1, assistant a1, user u2]");
    assertThat(asked(FormatTable.MESSAGES, messages(u1, a1, u2)))
        .isEqualTo("[user u1, assistant a1, user u2]");
    assertThat(asked(FormatTable.MESSAGES, messages(u1, CALL, RESULT)))
        .isEqualTo("[user u1, assistant , other 42]");
    ParsedPrompt called =
        read(FormatTable.MESSAGES, LastAnswer.LEFT_OUT, messages(u1, CALL, RESULT, a1));
    assertThat(told(called)).isEqualTo("[user u1]");
    assertThat(((PromptRow) called).notes())
        .containsExactly(RowNote.of(RowNote.Kind.LEFT_OUT_TURNS));
    assertThat(asked(FormatTable.MESSAGES, messages(a1)))
        .isEqualTo("nothing-to-answer: messages: expected a user's turn, found none in 1 turns");
  }

  @Test
  void anAnswerIsContinuedWhereThatIsAskedAndARowEndsWithOne() {
    String u1 = USER.formatted(1);
    String a1 = ASSISTANT.formatted(1);
    assertThat(told(read(FormatTable.MESSAGES, LastAnswer.CONTINUED, messages(u1, a1))))
        .isEqualTo("[user u1, assistant a1] begun with a1");
    assertThat(told(read(FormatTable.MESSAGES, LastAnswer.CONTINUED, messages(u1))))
        .isEqualTo("[user u1]");
    assertThat(told(read(FormatTable.MESSAGES, LastAnswer.CONTINUED, messages(u1, CALL))))
        .isEqualTo(
            "unsupported-content: messages[1]: expected a text to be continued, found tool calls");
    String prompt = "{\"prompt\": [" + u1 + ", " + a1 + "]}";
    assertThat(told(read(FormatTable.CANDIDATES, LastAnswer.CONTINUED, prompt)))
        .isEqualTo("[user u1, assistant a1] begun with a1");
    assertThat(asked(FormatTable.CANDIDATES, prompt))
        .isEqualTo(
            "ambiguous: prompt: expected a prompt that ends before the answer, found one that ends"
                + " with an assistant's turn: it may be left out, or continued, as --continue does");
  }

  @Test
  void rowsNeedNoAnswersAndThoseThatAreNoneDoNoHarm() {
    assertThat(asked(FormatTable.HELPSTEER2, "{\"prompt\": \"q\"}")).isEqualTo("[user q]");
    assertThat(asked(FormatTable.HELPSTEER2, "{\"prompt\": \"q\", \"response\": null}"))
        .isEqualTo("[user q]");
    assertThat(asked(FormatTable.CANDIDATES, "{\"prompt\": \"q\", \"responses\": []}"))
        .isEqualTo("[user q]");
    assertThat(asked(FormatTable.ALPACA, "{\"instruction\": \"i\", \"input\": \"x\"}"))
        .isEqualTo("[user i\nx]");
    assertThat(asked(FormatTable.ULTRAFEEDBACK, "{\"instruction\": \"i\"}")).isEqualTo("[user i]");
  }

  @Test
  void turnsThatOnlyTheListsOfAnswersHoldAreAskedToo() {
    String list = "[{\"role\": \"system\", \"content\": \"s\"}, " + USER + ", " + ASSISTANT + "]";
    String row = "{\"prompt\": \"u1\", \"chosen\": %s, \"rejected\": %s}";
    assertThat(
            asked(
                FormatTable.PREFERENCE, row.formatted(list.formatted(1, 1), list.formatted(1, 2))))
        .isEqualTo("[system s, user u1]");
    assertThat(
            asked(FormatTable.PREFERENCE, row.formatted(list.formatted(1, 1), "\"a bare answer\"")))
        .isEqualTo(
            "ambiguous: rejected: expected an answer to the turns that the one in chosen answers,"
                + " found one to others: either may be the prompt");
    assertThat(
            asked(
                FormatTable.PREFERENCE,
                "{\"chosen\": \"\\n\\nHuman: u1\\n\\nAssistant: a\","
                    + " \"rejected\": \"\\n\\nHuman: u1\\n\\nAssistant: b\"}"))
        .isEqualTo("[user u1]");
  }

  @Test
  void whoIsNotTheMaskIsTheAssistantInSteerlmRows() {
    assertThat(
            asked(
                FormatTable.STEERLM,
                "{\"system\": \"\", \"mask\": \"User\", \"conversations\": [{\"from\": \"User\","
                    + " \"value\": \"q\"}, {\"from\": \"Assistant\", \"value\": \"a\", \"label\":"
                    + " \"\"}]}"))
        .isEqualTo("[user q]");
  }

  @Test
  void aRowIsKnownByItsIdWhichIsAStringOrANumber() {
    PromptRules rules = new PromptRules(ReadRules.ALL, LastAnswer.LEFT_OUT, "id");
    assertThat(id(rules, "{\"prompt\": \"q\", \"id\": \"\\u0061\"}")).isEqualTo("a");
    assertThat(id(rules, "{\"prompt\": \"q\", \"id\": 1.50}")).isEqualTo("1.50");
    assertThat(id(rules, "{\"prompt\": \"q\", \"id\": [1]}"))
        .isEqualTo(
            "wrong-type: id: expected a string or a number that identifies the row, found a list");
    assertThat(id(rules, "{\"prompt\": \"q\"}"))
        .isEqualTo(
            "missing-field: id: expected a string or a number that identifies the row, found no such"
                + " field");
  }

  private static @Nullable String id(PromptRules rules, String row) {
    ParsedPrompt parsed = new PromptReader(FormatTable.CANDIDATES, rules).read(row.getBytes(UTF_8));
    return parsed instanceof PromptRow prompt ? prompt.id().orElseThrow() : told(parsed);
  }

  private static String detected(String... rows) {
    Detection detection =
        FormatDetector.detectPrompts(Arrays.stream(rows).map(row -> row.getBytes(UTF_8)).toList());
    return detection instanceof Detection.Detected found
        ? found.format().word()
        : ((Detection.Undetected) detection).message().lines().findFirst().orElseThrow();
  }

  @Test
  void aFormatIsToldByItsPromptAloneWhereRowsHaveNoMore() {
    assertThat(detected("{\"prompt\": \"q\"}")).isEqualTo("candidates");
    assertThat(detected("{\"prompt\": [{\"role\": \"user\", \"content\": \"q\"}]}"))
        .isEqualTo("candidates");
    assertThat(detected("{\"messages\": [{\"role\": \"user\", \"content\": \"q\"}]}"))
        .isEqualTo("messages");
    assertThat(detected("{\"conversations\": [{\"from\": \"human\", \"value\": \"q\"}]}"))
        .isEqualTo("sharegpt");
    assertThat(detected("{\"instruction\": \"i\", \"input\": \"\"}")).isEqualTo("alpaca");
    assertThat(detected("{\"question\": \"q\", \"answer\": \"a\"}")).isEqualTo("judgebench");
    assertThat(detected("{\"context\": \"q\"}")).isEqualTo("helpsteer3");
    assertThat(detected("{\"input\": \"q\"}")).isEqualTo("best-of-n");
    assertThat(detected("{\"prompt\": \"q\", \"response\": \"a\"}")).isEqualTo("helpsteer2");
  }

  @Test
  void twoFieldsThatMayBeThePromptAreForTheUserToChooseFrom() {
    assertThat(detected("{\"instruction\": \"i\", \"context\": \"c\"}"))
        .isEqualTo(
            "expected lines that fit one format, found helpsteer3 and alpaca to fit. The lines have"
                + " the fields instruction, context. Found were:");
    assertThat(detected("{\"text\": \"t\"}"))
        .startsWith("expected lines that fit one format, found none to fit.");
  }

  @Test
  void answersThatWereGeneratedAreCandidatesWhateverElseIsLeftInTheirRows() {
    String row =
        "{\"prompt\": \"q\", \"responses\": [\"a\"], \"thoughts\": [null], \"finishes\": [\"eos\"],"
            + " \"token_counts\": [1], \"logprob_sums\": [-1.0], \"response\": \"old\"}";
    assertThat(FormatDetector.detect(List.of(row.getBytes(UTF_8))))
        .isEqualTo(new Detection.Detected(FormatTable.CANDIDATES));
  }

  @Test
  void answersThatARowBringsBecomeItsResponses() {
    assertThat(
            brought(
                FormatTable.HELPSTEER2,
                "response",
                "{\"prompt\": \"Hi\", \"response\": \"a\", \"n\": 1}"))
        .isEqualTo("{\"prompt\": \"Hi\", \"responses\": [\"a\"], \"n\": 1}");
    assertThat(
            brought(
                FormatTable.MESSAGES,
                "drafts",
                "{\"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}], \"drafts\": [\"a\","
                    + " null]}"))
        .isEqualTo("{\"prompt\": \"Hi\", \"responses\": [\"a\", null]}");
    String scored = "{\"prompt\": \"Hi\", \"responses\": [\"a\"] ,\"rewards\": [1.50]}";
    assertThat(brought(FormatTable.CANDIDATES, "responses", scored)).isEqualTo(scored);
    assertThat(
            brought(FormatTable.CANDIDATES, "drafts", scored.replace("}", ", \"drafts\": \"b\"}")))
        .isEqualTo(
            "field-in-the-way: rewards: expected a row without this field, which would be taken for"
                + " scores of the new answers, found it");
  }

  private static String brought(RowFormat format, String field, String row) {
    PromptRules rules = new PromptRules(ReadRules.ALL, LastAnswer.LEFT_OUT, null, field);
    ParsedPrompt parsed = new PromptReader(format, rules).read(row.getBytes(UTF_8));
    return parsed instanceof ParsedPrompt.Unasked unasked
        ? new String(unasked.line(), UTF_8)
        : parsed instanceof ParsedPrompt.Unanswerable bad
            ? bad.why().kind() + ": " + bad.why().reason()
            : parsed.toString();
  }
}
