package io.touchstone.generation.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.generation.Answer;
import io.touchstone.generation.Finish;
import io.touchstone.generation.endpoint.EndpointReply.Again;
import io.touchstone.generation.endpoint.EndpointReply.Blame;
import io.touchstone.generation.endpoint.EndpointReply.Failure;
import io.touchstone.generation.endpoint.EndpointReply.Hopeless;
import io.touchstone.generation.endpoint.EndpointReply.Sample;
import io.touchstone.generation.endpoint.EndpointReply.Unanswerable;
import java.net.ConnectException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ReplyReaderTest {
  private static final ReplyReader READER = new ReplyReader(List.of(), false, Optional.empty());
  private static final ReplyReader STOPPING =
      new ReplyReader(List.of("END"), false, Optional.empty());

  private static EndpointReply read(ReplyReader reader, int status, String body) {
    return reader.read(
        new HttpReply(status, "", OptionalLong.empty(), body.getBytes(UTF_8)),
        () -> List.of("a secret of the row"),
        "");
  }

  private static EndpointReply choice(ReplyReader reader, String choice, String usage) {
    return read(reader, 200, "{\"choices\":[{" + choice + "}],\"usage\":{" + usage + "}}");
  }

  private static Finish finish(ReplyReader reader, String fields) {
    EndpointReply reply =
        choice(reader, "\"message\":{\"content\":\"a\"}," + fields, "\"completion_tokens\":1");
    return ((Sample) reply).answer().finish();
  }

  @Test
  void readsAnAnswerWithItsCounts() {
    assertThat(
            choice(
                READER,
                "\"message\":{\"content\":\"Hi\",\"tool_calls\":[]},\"finish_reason\":\"stop\","
                    + "\"stop_reason\":null,\"logprobs\":{\"content\":[{\"token\":\"Hi\",\"logprob\":-0.25},"
                    + "{\"token\":\"\",\"logprob\":-1}]}",
                "\"completion_tokens\":2,\"prompt_tokens\":9,"
                    + "\"prompt_tokens_details\":{\"cached_tokens\":8}"))
        .isEqualTo(new Sample(new Answer("Hi", null, Finish.EOS, 2, -1.25), 9, 8));
  }

  @Test
  void hasNoSumOfLogprobsThatAreNotOneForEachToken() {
    for (String logprobs :
        List.of(
            "null",
            "{\"content\":null}",
            "{\"content\":[{\"logprob\":-1}]}",
            "{\"content\":[{\"logprob\":-1},{\"logprob\":null}]}")) {
      Sample sample =
          (Sample)
              choice(
                  READER,
                  "\"message\":{\"content\":\"Hi\"},\"finish_reason\":\"stop\",\"logprobs\":"
                      + logprobs,
                  "\"completion_tokens\":2");
      assertThat(sample.answer().logprobSum()).as(logprobs).isNaN();
      assertThat(sample.promptTokens()).isZero();
    }
  }

  @Test
  void knowsWhatEndedAnAnswer() {
    assertThat(finish(READER, "\"finish_reason\":\"length\"")).isEqualTo(Finish.LENGTH);
    assertThat(finish(READER, "\"finish_reason\":\"stop\"")).isEqualTo(Finish.EOS);
    assertThat(finish(STOPPING, "\"finish_reason\":\"stop\",\"stop_reason\":null"))
        .isEqualTo(Finish.EOS);
    assertThat(finish(STOPPING, "\"finish_reason\":\"stop\",\"stop_reason\":151643"))
        .isEqualTo(Finish.EOS);
    assertThat(finish(STOPPING, "\"finish_reason\":\"stop\",\"stop_reason\":\"END\""))
        .isEqualTo(Finish.STOP);
    assertThat(finish(STOPPING, "\"finish_reason\":\"stop\",\"matched_stop\":\"END\""))
        .isEqualTo(Finish.STOP);
    assertThat(finish(STOPPING, "\"finish_reason\":\"stop\",\"matched_stop\":2"))
        .isEqualTo(Finish.EOS);
    assertThat(finish(READER, "\"finish_reason\":\"eos_token\"")).isEqualTo(Finish.EOS);
    assertThat(finish(READER, "\"finish_reason\":\"stop_sequence\"")).isEqualTo(Finish.STOP);
  }

  @Test
  void callsAnEndStopWhereStringsWereAskedForAndNobodyTells() {
    assertThat(finish(STOPPING, "\"finish_reason\":\"stop\"")).isEqualTo(Finish.STOP);
  }

  @Test
  void takesHiddenThoughtsForNoneOfTheText() {
    ReplyReader thinking = new ReplyReader(List.of(), true, Optional.empty());
    String cut = "\"message\":{\"content\":\"So 4\"},\"finish_reason\":\"length\"";
    assertThat(choice(thinking, cut, "\"completion_tokens\":9"))
        .isEqualTo(new Sample(new Answer(null, "So 4", Finish.LENGTH, 9, Double.NaN), 0, 0));
    assertThat(
            choice(
                thinking,
                cut,
                "\"completion_tokens\":9,\"completion_tokens_details\":{\"reasoning_tokens\":7}"))
        .isEqualTo(new Sample(new Answer("So 4", null, Finish.LENGTH, 9, Double.NaN), 0, 0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"tool_calls\":[{\"id\":\"1\"}] | tool_calls | answer-is-tool-call | calls of tools, which are"
            + " no text: leave the tools out, or let a model's folder answer, which writes them as"
            + " text",
        "\"refusal\":\"I keep a secret of the row\" | stop | refused-by-server | a refusal: I keep …",
        "\"x\":1 | content_filter | refused-by-server | an answer that the server's content filter has"
            + " ended",
      })
  void rejectsRowsWhoseAnswerIsNoText(String field, String finish, String kind, String told) {
    assertThat(
            choice(
                READER,
                "\"message\":{\"content\":null," + field + "},\"finish_reason\":\"" + finish + "\"",
                "\"completion_tokens\":3"))
        .isEqualTo(new Unanswerable(kind, told));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 413, 422})
  void rejectsRowsThatTheServerRefuses(int status) {
    assertThat(read(READER, status, "{\"message\":\"no a secret of the row\"}"))
        .isEqualTo(new Unanswerable("refused-by-server", "status " + status + ": no …"));
  }

  @ParameterizedTest
  @CsvSource({
    "401, '; endpoint.key-variable or endpoint.key-file say where the key is read'",
    "403, '; endpoint.key-variable or endpoint.key-file say where the key is read'",
    "404, '; endpoint.url or endpoint.model is not what the server knows'",
    "402, ''",
    "405, ''",
    "501, ''",
    "204, ''",
  })
  void givesUpWhereNoRowWouldBeAnswered(int status, String wayOn) {
    assertThat(read(READER, status, "no"))
        .isEqualTo(new Hopeless("status " + status + ": no" + wayOn));
  }

  @Test
  void cutsAtTheFirstStopStringWhereTheServerDoesNot() {
    ReplyReader reader = new ReplyReader(List.of("END", "\n\n"), false, Optional.empty());
    String finish = ",\"finish_reason\":\"length\"";
    assertThat(
            choice(
                reader,
                "\"message\":{\"content\":\"one END two\\n\\n three\"}" + finish,
                "\"completion_tokens\":9"))
        .isEqualTo(new Sample(new Answer("one ", null, Finish.STOP, 9, Double.NaN), 0, 0));
    assertThat(
            choice(
                reader,
                "\"message\":{\"content\":\"<think>END</think>one\"}" + finish,
                "\"completion_tokens\":9"))
        .isEqualTo(new Sample(new Answer("one", "END", Finish.LENGTH, 9, Double.NaN), 0, 0));
  }

  @Test
  void takesAwayWhatTheServerRepeats() {
    assertThat(continued("One, two, three", "One, two,")).isEqualTo(" three");
    assertThat(continued("One, two, three", " One, two,")).isEqualTo(" three");
    assertThat(continued("One, two, three", "")).isEqualTo("One, two, three");
    assertThat(continued("three", "One, two,"))
        .isEqualTo("an answer that does not begin with the turn that it continues");
  }

  private static String continued(String content, String echoed) {
    EndpointReply reply =
        READER.read(
            new HttpReply(
                200, "", OptionalLong.empty(), FakeServer.completion(content).getBytes(UTF_8)),
            List::of,
            echoed);
    return reply instanceof Sample sample
        ? String.valueOf(sample.answer().response())
        : ((Failure) reply).told();
  }

  @Test
  void followsNoRedirect() {
    assertThat(
            READER.read(
                new HttpReply(307, "https://elsewhere/", OptionalLong.empty(), new byte[0]),
                List::of,
                ""))
        .isEqualTo(
            new Hopeless(
                "status 307, a redirect, which is not followed: give the address that it leads to"));
  }

  @ParameterizedTest
  @CsvSource({
    "408, SERVER",
    "429, SERVER",
    "502, SERVER",
    "503, SERVER",
    "504, SERVER",
    "500, ROW"
  })
  void triesAgainWhatMayPass(int status, Blame blame) {
    assertThat(read(READER, status, ""))
        .isEqualTo(new Again("status " + status, OptionalLong.empty(), blame));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "<html>Sign in</html> | something else than a JSON object",
        "[] | something else than a JSON object",
        "`{\"choices\":[{\"mess` | something else than a JSON object",
        "{\"error\":{\"message\":\"worker died\"}} | an error: worker died",
        "{\"choices\":[]} | 0 choices",
        "{} | 0 choices",
        "{\"choices\":[{},{}]} | 2 choices",
        "{\"choices\":[{}]} | no text as its content",
        "{\"choices\":[{\"message\":{}}]} | no text as its content",
        "{\"choices\":[{\"message\":{\"content\":[1]}}]} | no text as its content",
        "{\"choices\":[{\"message\":{\"content\":\"a\"}}]} | no usage.completion_tokens",
        "{\"choices\":[{\"message\":{\"content\":\"a\"}}],\"usage\":{\"completion_tokens\":-1}} | no"
            + " usage.completion_tokens",
        "{\"choices\":[{\"message\":{\"content\":\"a\"}}],\"usage\":{\"completion_tokens\":1}} |"
            + " finish_reason null",
        "{\"choices\":[{\"message\":{\"content\":\"a\"},\"finish_reason\":\"abort\"}],"
            + "\"usage\":{\"completion_tokens\":1}} | finish_reason abort",
      })
  void takesNothingElseForAnAnswer(String body, String found) {
    assertThat(read(READER, 200, body))
        .isEqualTo(
            new Again(
                "a reply that is no chat completion: " + found, OptionalLong.empty(), Blame.ROW));
  }

  @Test
  void trustsNoCertificateThatJavaDoesNot() {
    Failure failure =
        READER.read(
            new CompletionException(new SSLHandshakeException("PKIX path building failed")));
    assertThat(failure)
        .isEqualTo(
            new Hopeless(
                "no trust in its certificate (SSLHandshakeException: PKIX path building failed):"
                    + " Java's trust store decides"));
  }

  @Test
  void waitsForAServerThatIsAway() {
    assertThat(READER.read(new ConnectException()))
        .isEqualTo(new Again("ConnectException", OptionalLong.empty(), Blame.SERVER));
  }
}
