package io.touchstone.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.conversation.format.LastAnswer;
import io.touchstone.conversation.format.PromptRules;
import io.touchstone.conversation.format.ReadRules;
import io.touchstone.files.read.SkippedFiles;
import io.touchstone.generation.GenerationMemory;
import io.touchstone.generation.GeneratorDescription;
import io.touchstone.generation.recipe.RowPrompts;
import io.touchstone.jobs.generate.AnswerCounts;
import io.touchstone.jobs.generate.GenerateReport;
import io.touchstone.jobs.generate.GenerateTotals;
import io.touchstone.jobs.generate.PromptMaking;
import io.touchstone.jobs.generate.Repeats;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import io.touchstone.scoring.ModelReading;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class GenerateTextTest {
  private static final GenerationMemory MEMORY =
      new GenerationMemory(400 << 20, 100 << 20, 0, 16 << 10, 128, 2_048);

  @Test
  void saysHowAnswersEndedAndWhatDecidedThem() {
    AnswerCounts answers =
        new AnswerCounts(
            new TreeMap<>(Map.of("eos", 4_700L, "length", 40L, "stop", 60L)),
            1_200_000,
            4_000,
            40,
            3,
            0);

    assertThat(
            text(
                    generator(List.of("a note"), List.of("what to mind")),
                    report(answers, Repeats.of(new long[] {1, 2, 2, 1}), false),
                    AnnotateText.ModelOrigin.DEMO)
                .text())
        .isEqualTo(
            """
            Warning: what to mind

            Answered 1,200 of 1,203 rows; the result lies in out

              rows      1,203 in, 1,200 out, 3 rejected, 1 blank
              rejected  3 too-many-tokens; lines and reasons in out/_rejected
              read      7 with tools, handed to the chat template
              answers   4,800: 4,700 ended by themselves (eos), 40 ended at the most tokens (length), 60 ended by a stop text (stop); 3 are empty
              thoughts  4,000; 40 ended within one, with no answer (null): --max-new-tokens may be too few
              equal     2 rows have the prompt or the id of a row before, and with it the same answers (--id-field names a field that tells rows apart)
              pieces    7, 2 of them done by an earlier run; 30 rows were finished by attempts that ended before
              model     /m (FakeForCausalLM, fp32)
              rules     sampling, temperature 0.7, top-k 50, samples 4, seed 7, max-new-tokens 512, eos-token-ids 2, thinking on
              note      a note
              note      texts of rows spell out special tokens (5), which were taken for those tokens; --sanitize takes them for text
              tokens    1,200,000 generated; of prompts 480,000 presented, 120,000 computed
              bits      1 piece was generated where an answer may follow what is generated beside it
              memory    300 MiB of 400 are left to answers under way: 18 of 1,024 tokens, prompts among them, at 16,384 KiB each
              time      100.0 s (load 2.0, model 90.0), after 3.3 s to start Spark

            The first row:
            {"prompt":"p"}

            The bundled demo checkpoint demonstrates the job and knows nothing. --model DIR takes yours.
            """);
  }

  @Test
  void aRunThatFoundAllDoneSaysSoAndNoRate() {
    AnswerCounts answers =
        new AnswerCounts(new TreeMap<>(Map.of("eos", 1_200L)), 24_000, 0, 0, 0, 0);

    assertThat(
            text(
                    generator(List.of(), List.of()),
                    report(answers, Repeats.NONE, true),
                    AnnotateText.ModelOrigin.CHOSEN)
                .text())
        .startsWith("An earlier run had answered 1,200 of 1,203 rows; the result lies in out\n")
        .contains("\n  answers   1,200: 1,200 ended by themselves (eos)\n")
        .contains("\n  tokens    24,000 generated; of prompts ")
        .doesNotContain("thoughts")
        .doesNotContain("equal")
        .doesNotContain("done by an earlier run")
        .doesNotContain("demo");
  }

  @Test
  void whatPromptsWereMadeOfIsTold() {
    AnswerCounts answers = new AnswerCounts(new TreeMap<>(Map.of("eos", 9L)), 90, 0, 0, 0, 2);
    Problems problems = new Problems();
    RowPrompts edits =
        RowPrompts.read(
                Map.of(
                    "turn.1.content", "{prompt}",
                    "turn.2.role", "user",
                    "turn.2.content", "{response} {feedback}"),
                new RowPrompts.Fields("edits", "feedback", "rewards"),
                RowPrompts.WithoutFeedback.LEFT,
                Problem.in("r"),
                problems)
            .orElseThrow();
    PromptRules rules = new PromptRules(ReadRules.ALL, LastAnswer.LEFT_OUT, null, "mine");
    assertThat(
            new GenerateText(
                    report(answers, Repeats.NONE, false),
                    generator(List.of(), List.of()),
                    new PromptMaking(rules, edits),
                    AnnotateText.ModelOrigin.CHOSEN,
                    Optional.empty(),
                    3.3)
                .text())
        .contains(
            """
              recipe    of {prompt}, {feedback}, {response}; answers stand in edits
              note      no row has --answers-from mine: all were asked
              answers   9: 9 ended by themselves (eos)
              unchanged 2 of them: what the row's own answer says already
            """);
  }

  @Test
  void equalRowsShareWhatWhoeverAnswersCanPromise() {
    AnswerCounts answers = new AnswerCounts(new TreeMap<>(Map.of("eos", 1L)), 1, 0, 0, 0, 0);
    GenerateReport report = report(answers, Repeats.of(new long[] {1, 1}), false);
    String equal =
        "\n  equal     1 row has the prompt or the id of a row before, and with it the same ";
    GeneratorDescription sampling = generator(List.of(), List.of());
    TreeMap<String, String> greedy = new TreeMap<>(sampling.effective());
    greedy.put("decoding", "greedy");

    assertThat(text(as("f00d", greedy), report, AnnotateText.ModelOrigin.CHOSEN).text())
        .contains(equal + "answers\n");
    assertThat(text(as("", sampling.effective()), report, AnnotateText.ModelOrigin.CHOSEN).text())
        .contains(equal + "questions and seeds\n");
  }

  private static GeneratorDescription as(String fingerprint, SortedMap<String, String> effective) {
    return new GeneratorDescription("m", fingerprint, "", 9, "", effective, ModelReading.NONE);
  }

  private static GenerateText text(
      GeneratorDescription generator, GenerateReport report, AnnotateText.ModelOrigin origin) {
    return new GenerateText(report, generator, PromptMaking.OWN, origin, Optional.of(MEMORY), 3.3);
  }

  private static GeneratorDescription generator(List<String> notes, List<String> warnings) {
    Map<String, String> effective = new TreeMap<>();
    effective.put("decoding", "sampling");
    effective.put("eos-token-ids", "2");
    effective.put("max-new-tokens", "512");
    effective.put("min-p", "0.0");
    effective.put("repetition-penalty", "1.0");
    effective.put("samples", "4");
    effective.put("seed", "7");
    effective.put("spelled-tokens", "as tokens");
    effective.put("temperature", "0.7");
    effective.put("template-date", "2024-07-26");
    effective.put("thinking", "on");
    effective.put("tools", "none");
    effective.put("top-k", "50");
    effective.put("top-p", "1.0");
    return new GeneratorDescription(
        "/m",
        "f00d",
        "FakeForCausalLM",
        4_096,
        "fp32",
        new TreeMap<>(effective),
        new ModelReading("transformers5", List.of(), "", List.of(), notes, warnings));
  }

  private static GenerateReport report(AnswerCounts answers, Repeats repeats, boolean alreadyDone) {
    return new GenerateReport(
        new GenerateTotals(
            1_203,
            1_200,
            1,
            new TreeMap<>(Map.of("too-many-tokens", 3L)),
            new TreeMap<>(Map.of("tools", 7L)),
            answers,
            480_000,
            120_000,
            5,
            30,
            0,
            repeats),
        0,
        new GenerateReport.Seconds(100, 2, 90),
        7,
        2,
        1,
        new SkippedFiles(0, List.of()),
        "out",
        "out/_rejected",
        Optional.of("{\"prompt\":\"p\"}"),
        Optional.empty(),
        alreadyDone);
  }
}
