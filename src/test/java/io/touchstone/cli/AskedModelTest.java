package io.touchstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.touchstone.cli.call.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls that ask a causal model about principles. */
final class AskedModelTest {

  private static final String ROWS = Path.of("data-samples/helpsteer.jsonl").toString();
  private static final String CANDIDATES = Path.of("data-samples/candidates.jsonl").toString();
  private static final String MODEL =
      Path.of("src/test/resources/references/llama-causal").toString();
  private static final String QUESTION = "Is it {principle}? Only answer Y or N.";

  @TempDir Path folder;

  private final Program program = Program.installed();

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  private List<JsonNode> rows(String name) throws IOException {
    return JsonLines.of(folder.resolve(name).resolve("part-00000.jsonl"));
  }

  private JsonNode run(String name) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(name).resolve("_run.json").toFile());
  }

  private ExitStatus annotate(String rows, String output, String... more) {
    return program.run(asking("annotate", rows, output, more));
  }

  private List<String> asking(String job, String rows, String output, String... more) {
    List<String> call =
        new ArrayList<>(List.of(job, rows, "--output", at(output), "--model", MODEL));
    call.addAll(List.of("--ask", QUESTION, "--answer-tokens", "Y,N"));
    call.addAll(List.of(more));
    return call;
  }

  private String write(String name, String... lines) throws IOException {
    return Files.write(folder.resolve(name), List.of(lines)).toString();
  }

  @Test
  void onePrincipleWritesANumberAndSeveralAnObjectOfTheSameValues() throws IOException {
    assertThat(annotate(ROWS, "one", "--principle", "clear")).isEqualTo(ExitStatus.DONE);
    assertThat(
            annotate(ROWS, "two", "--principle", "clear", "--principle", "short=It is short, say."))
        .isEqualTo(ExitStatus.DONE);
    assertThat(program.err()).isEmpty();
    List<JsonNode> one = rows("one");
    List<JsonNode> two = rows("two");
    assertThat(one).hasSize(32);
    for (int i = 0; i < one.size(); i++) {
      assertThat(two.get(i).get("reward").fieldNames())
          .toIterable()
          .containsExactly("clear", "short");
      assertThat(two.get(i).at("/reward/clear")).isEqualTo(one.get(i).get("reward"));
    }
    assertThat(program.out())
        .contains(
            "  reward    logit of 'Y' (token 56) less that of 'N' (token 45) as an answer's first"
                + " token\n  note      asked behind each answer: Is it {principle}? Only answer Y or"
                + " N.\n",
            "\n  clear: mean ",
            "\n  short: mean ");
    JsonNode run = run("two");
    assertThat(run.at("/principles").toString())
        .isEqualTo("{\"clear\":\"clear\",\"short\":\"It is short, say.\"}");
    assertThat(run.at("/configuration/model.answer-tokens").asText()).isEqualTo("Y,N");
    assertThat(run.at("/configuration/model.ask").asText()).isEqualTo(QUESTION);
    assertThat(run.at("/model/readOut").isMissingNode()).isTrue();
    assertThat(run.at("/model/reading/readOut").asText()).startsWith("logit of 'Y' (token 56)");
    assertThat(run.at("/model/question").isMissingNode()).isTrue();
    long presented = run.at("/tokens/presented").asLong();
    assertThat(presented).isGreaterThan(2 * run("one").at("/tokens/presented").asLong());
    assertThat(run.at("/tokens/computed").asLong()).isLessThan(presented * 2 / 3);
  }

  @Test
  void aRowsOwnPrinciplesWinAndHaveItsShape() throws IOException {
    String rows =
        write(
            "rows.jsonl",
            "{\"prompt\":\"p\",\"response\":\"r\"}",
            "{\"prompt\":\"p\",\"response\":\"r\",\"principle\":\"kind\"}",
            "{\"prompt\":\"p\",\"response\":\"r\",\"principles\":[\"kind\",\"no \\\"x\\\"\"]}",
            "{\"prompt\":\"p\",\"response\":\"r\",\"principles\":[\"kind\"]}",
            "{\"prompt\":\"p\",\"response\":\"r\",\"principle\":\"a\",\"principles\":[\"b\"]}",
            "{\"prompt\":\"p\",\"response\":\"r\",\"principles\":[\"a\",\"a\"]}",
            "{\"prompt\":\"p\",\"response\":\"r\",\"principle\":\" \"}");
    assertThat(annotate(rows, "own", "--principle", "a", "--principle", "b"))
        .isEqualTo(ExitStatus.DONE);
    List<JsonNode> own = rows("own");
    assertThat(own).hasSize(4);
    assertThat(own.get(0).get("reward").fieldNames()).toIterable().containsExactly("a", "b");
    assertThat(own.get(1).get("reward").isNumber()).isTrue();
    assertThat(own.get(2).get("reward").fieldNames())
        .toIterable()
        .containsExactly("kind", "no \"x\"");
    assertThat(own.get(3).get("reward").fieldNames()).toIterable().containsExactly("kind");
    assertThat(own.get(2).at("/reward/kind")).isEqualTo(own.get(1).get("reward"));
    assertThat(own.get(3).at("/reward/kind")).isEqualTo(own.get(1).get("reward"));
    assertThat(program.out())
        .contains("  read      3 judged by principles of their own, in place of the call's\n")
        .contains("\n  a: mean ", "\n  b: mean ", "\n  principles of the rows' own: mean ");
    JsonNode scores = run("own").get("scores");
    assertThat(scores.at("/a/count").asInt()).isEqualTo(1);
    assertThat(scores.at("/principles of the rows' own/count").asInt()).isEqualTo(4);
    assertThat(
            JsonLines.of(folder.resolve("own/_rejected/part-00000.jsonl")).stream()
                .map(line -> line.get("kind").asText() + " " + line.get("reason").asText()))
        .containsExactly(
            "ambiguous principles: expected principle or principles, found both: either may be"
                + " meant (--format NAME --map principles= leaves one unread)",
            "unexpected-value principles: expected at most 1000 principles, none of them twice,"
                + " found 2 with one twice",
            "unexpected-value principle: expected a principle, found a blank text");
  }

  @Test
  void aScalarKnowsTheNamesOfTheCallAlone() throws IOException {
    String rows =
        write(
            "rows.jsonl",
            "{\"prompt\":\"p\",\"response\":\"r\"}",
            "{\"prompt\":\"p\",\"response\":\"r\",\"principle\":\"kind\"}");
    String formula = "\"is it \"\"so\"\", clear?\" + 2*short";
    assertThat(
            annotate(
                rows,
                "scalar",
                "--principle",
                "is it \"so\", clear?",
                "--principle",
                "short=It is short.",
                "--scalar",
                formula))
        .isEqualTo(ExitStatus.DONE);
    JsonNode row = rows("scalar").get(0);
    assertThat(row.get("scalar").asDouble())
        .isEqualTo(
            row.get("reward").get("is it \"so\", clear?").asDouble()
                + 2 * row.get("reward").get("short").asDouble());
    JsonNode rejected = JsonLines.of(folder.resolve("scalar/_rejected/part-00000.jsonl")).get(0);
    assertThat(rejected.get("kind").asText()).isEqualTo("own-principles");
    assertThat(rejected.get("reason").asText())
        .isEqualTo(
            "expected the principles of the call, whose names --scalar has, found 1 of the row's"
                + " own");
    assertThat(
            program.run(
                "filter",
                at("scalar"),
                "--kept",
                at("kept"),
                "--dropped",
                at("dropped"),
                "--where",
                formula + " = scalar and \"reward.is it \"\"so\"\", clear?\" > -1000"))
        .isEqualTo(ExitStatus.DONE);
    assertThat(rows("kept")).containsExactly(row);
  }

  @Test
  void whatBelongsToTheScoresIsAskedForOfTheLedgerOnce() throws IOException {
    String ledger = at("ledger");
    assertThat(annotate(ROWS, "a", "--principle", "clear", "--ledger", ledger))
        .isEqualTo(ExitStatus.DONE);
    assertThat(run("a").at("/known/added").asInt()).isPositive();
    assertThat(
            annotate(ROWS, "b", "--principle", "clear", "--principle", "short", "--ledger", ledger))
        .isEqualTo(ExitStatus.DONE);
    assertThat(run("b").at("/known/prompts").asInt()).isEqualTo(32);
    assertThat(
            annotate(ROWS, "c", "--principle", "clear", "--as", "probability", "--ledger", ledger))
        .isEqualTo(ExitStatus.DONE);
    assertThat(run("c").at("/known/prompts").asInt()).isZero();
    for (int i = 0; i < 32; i++) {
      assertThat(rows("b").get(i).at("/reward/clear")).isEqualTo(rows("a").get(i).get("reward"));
      assertThat(rows("c").get(i).get("reward").asDouble()).isBetween(0.0, 1.0);
    }
  }

  @Test
  void aFolderOfAnotherQuestionIsNotFinished() {
    assertThat(annotate(ROWS, "a", "--principle", "clear")).isEqualTo(ExitStatus.DONE);
    assertThat(annotate(ROWS, "a", "--principle", "clear=clear")).isEqualTo(ExitStatus.DONE);
    assertThat(annotate(ROWS, "a", "--principle", "x=clear")).isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err()).contains("model.principles");
    assertThat(annotate(ROWS, "a", "--principle", "clear", "--as", "probability"))
        .isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err()).contains("model.head");
  }

  @Test
  void aQuestionComesFromAConfFileWithItsLineEnds() throws IOException {
    String conf =
        write(
            "ask.conf",
            "model.ask = \"Is it {principle}?\\nOnly answer Y or N.\"",
            "model.principle = \"clear\\nshort=It is short.\"",
            "model.answer-tokens = Y,N");
    assertThat(program.run("annotate", ROWS, "--output", at("a"), "--model", MODEL, "--conf", conf))
        .isEqualTo(ExitStatus.DONE);
    assertThat(run("a").at("/configuration/model.ask").asText())
        .isEqualTo("Is it {principle}?\nOnly answer Y or N.");
    assertThat(rows("a").get(0).get("reward").fieldNames())
        .toIterable()
        .containsExactly("clear", "short");
  }

  @Test
  void selectTakesTheBestByAPrincipleThatItScoresFirst() throws IOException {
    assertThat(
            program.run(
                asking(
                    "select",
                    CANDIDATES,
                    "best",
                    "--principle",
                    "is it clear, say?",
                    "--principle",
                    "short",
                    "--by",
                    "rewards.short")))
        .isEqualTo(ExitStatus.DONE);
    assertThat(program.err()).isEmpty();
    assertThat(rows("best")).isNotEmpty();
    assertThat(rows("best").get(0).get("reward").fieldNames())
        .toIterable()
        .containsExactly("is it clear, say?", "short");
    assertThat(
            program.run(
                asking(
                    "select",
                    CANDIDATES,
                    "scalar",
                    "--principle",
                    "is it clear, say?",
                    "--principle",
                    "short",
                    "--scalar",
                    "\"is it clear, say?\" - short")))
        .isEqualTo(ExitStatus.DONE);
    assertThat(rows("scalar")).hasSameSizeAs(rows("best"));
  }

  @Test
  void evaluateTakesOnePrincipleOfSeveral() throws IOException {
    assertThat(
            program.run(
                asking(
                    "evaluate",
                    Path.of("data-samples/rm-bench-chat.json").toString(),
                    "table",
                    "--benchmark",
                    "rm-bench",
                    "--domain",
                    "chat",
                    "--principle",
                    "clear",
                    "--principle",
                    "short",
                    "--attribute",
                    "short")))
        .as(program.err())
        .isEqualTo(ExitStatus.DONE);
    assertThat(run("table").at("/configuration/model.principle").asText())
        .isEqualTo("clear\nshort");
    assertThat(run("table").at("/model/question").isMissingNode()).isTrue();
  }

  @Test
  void aReportSaysWhatWasAsked() throws IOException {
    assertThat(annotate(ROWS, "a", "--principle", "clear", "--principle", "short=It is short."))
        .isEqualTo(ExitStatus.DONE);
    assertThat(program.run("report", at("a"), "--output", at("page"))).isEqualTo(ExitStatus.DONE);
    assertThat(program.out())
        .contains("  clear: mean ", "  short: mean ")
        .contains(
            "The reward is the logit of 'Y' (token 56) less that of 'N' (token 45) as an answer's"
                + " first token.\n")
        .contains("Asked behind each answer: Is it {principle}? Only answer Y or N.\n")
        .contains("By these principles: clear=clear; short=It is short.\n");
  }

  @Test
  void aDryRunCountsTheTokensOfEveryPrompt() {
    List<String> call =
        asking("annotate", ROWS, "a", "--principle", "clear", "--principle", "short");
    call.add("--dry-run");
    assertThat(program.run(call)).isEqualTo(ExitStatus.DONE);
    assertThat(program.err()).isEmpty();
    assertThat(program.out()).contains("64 ");
  }

  @Test
  void everyContradictionIsToldAtOnce() {
    assertThat(
            program.run(
                "annotate",
                ROWS,
                "--output",
                at("a"),
                "--model",
                MODEL,
                "--ask",
                "x",
                "--principle",
                "a",
                "--as",
                "probability"))
        .isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err())
        .isEqualTo(
            """
            touchstone annotate: 3 problems:
              --ask: expected --answer-tokens beside it, such as Yes,No, found none
              --principle: expected --answer-tokens beside it, such as Yes,No, or --judge, found none
              --as: expected --answer-tokens beside it, such as Yes,No, found none
            """);
    assertThat(
            program.run(
                "annotate",
                ROWS,
                "--output",
                at("a"),
                "--model",
                MODEL,
                "--ask",
                "x",
                "--principle",
                "a",
                "--principle",
                "a",
                "--answer-tokens",
                "Y,N",
                "--reward-token",
                "3",
                "--attributes",
                "a",
                "--prompt",
                "steerlm"))
        .isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err())
        .isEqualTo(
            """
            touchstone annotate: 5 problems:
              --reward-token: expected one token's logit, or --answer-tokens, found both: token 3, \
            and 'Y' and 'N'
              --answer-tokens: expected --prompt chat beside it, whose template has a generation \
            prompt, found steerlm
              --principle: expected a place for it in --ask, {principle}, found a question without
              --attributes: expected names of principles as --principle NAME=TEXT, found both
              --principle: expected each principle once (NAME=TEXT gives it another name), found \
            'a' twice
            """);
  }

  @Test
  void aPrincipleThatNobodyBringsIsRefused() {
    assertThat(annotate(ROWS, "a")).isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err())
        .isEqualTo(
            "touchstone annotate: 1 problem:\n  --principle: expected a text for {principle} of"
                + " --ask or --judge, or rows with a field principle or principles, found neither\n");
  }

  @Test
  void answersThatAreNoSingleTokensAreRefusedWithTheirTokens() {
    assertThat(
            program.run(
                "annotate",
                ROWS,
                "--output",
                at("a"),
                "--model",
                MODEL,
                "--answer-tokens",
                "Yes,No"))
        .isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err())
        .startsWith(
            "touchstone annotate: 2 problems:\n  model "
                + MODEL
                + ": answer token 'Yes': expected a text that is one token of the model's, found 2"
                + " tokens: 56, 294\n")
        .endsWith(
            ": answer token 'No': expected a text that is one token of the model's, found 2 tokens:"
                + " 45, 78\n");
  }

  @Test
  void aClassifierIsNotAsked() {
    assertThat(program.run("annotate", ROWS, "--output", at("a"), "--answer-tokens", "Y,N"))
        .isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err())
        .contains(
            "[config.json] architectures: expected a causal model for answer tokens, found"
                + " LlamaForSequenceClassification\n");
  }

  @Test
  void steerlmRowsNeedNamesThatTheirLabelsCanHave() throws IOException {
    String rows =
        write(
            "steerlm.jsonl",
            "{\"mask\":\"User\",\"conversations\":[{\"from\":\"User\",\"value\":\"p\"},"
                + "{\"from\":\"A\",\"value\":\"r\",\"label\":\"\"}]}");
    assertThat(annotate(rows, "a", "--principle", "is it clear, say?"))
        .isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err())
        .isEqualTo(
            "touchstone annotate: 1 problem:\n  --principle: expected NAME=TEXT with a name without"
                + " ':' and ',', as steerlm rows have labels name:value, found 'is it clear,"
                + " say?'\n");
    assertThat(annotate(rows, "a", "--principle", "clear=is it clear, say?"))
        .isEqualTo(ExitStatus.DONE);
    assertThat(rows("a").get(0).at("/conversations/1/label").asText()).startsWith("clear:");
  }
}
