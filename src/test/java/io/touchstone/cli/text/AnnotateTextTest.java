package io.touchstone.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.files.read.SkippedFiles;
import io.touchstone.jobs.annotate.AnnotateReport;
import io.touchstone.reward.LabelStyle;
import io.touchstone.reward.ScoreDistribution;
import io.touchstone.scoring.FasterProducts;
import io.touchstone.scoring.MemoryPlan;
import io.touchstone.scoring.ModelDescription;
import io.touchstone.scoring.ModelReading;
import io.touchstone.scoring.pipeline.AnnotationTotals;
import io.touchstone.scoring.pipeline.KnownTotals;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class AnnotateTextTest {
  private static final ModelDescription MODEL =
      new ModelDescription(
          "data-samples/demo-reward",
          "f00d",
          "LlamaForSequenceClassification",
          List.of("helpfulness"),
          512,
          "chat",
          "2024-07-26",
          "fp32",
          "score.weight[0:1]",
          ModelReading.NONE);

  private static final SkippedFiles SKIPPED =
      new SkippedFiles(
          1_204,
          List.of(
              new SkippedFiles.Skipped("file:/in/README.md", SkippedFiles.Why.OTHER_ENDING),
              new SkippedFiles.Skipped("file:/in/a/state.json", SkippedFiles.Why.ONE_OBJECT),
              new SkippedFiles.Skipped(
                  "file:/in/a/data\u001b.arrow", SkippedFiles.Why.OTHER_ENDING),
              new SkippedFiles.Skipped("file:/in/a/z.arrow", SkippedFiles.Why.OTHER_ENDING)));

  @Test
  void saysWhatWasDoneWhereItLiesAndHowTheScoresAreSpread() {
    AnnotationTotals totals =
        totals(1_207, new TreeMap<>(Map.of("not-json", 2L, "too-many-tokens", 1L)), 0);

    assertThat(summary(LabelStyle.FLOAT, totals, "{\"prompt\":\"Hi\",\"reward\":2.5}").text())
        .isEqualTo(
            """
            Scored 1,207 of 1,210 rows; the result lies in out

              rows      1,210 in, 1,207 out, 3 rejected, 4 blank
              rejected  2 not-json, 1 too-many-tokens; lines and reasons in out/_rejected
              pieces    7, 2 of them done by an earlier run
              skipped   1,204 files: README.md, state.json (one JSON object), data?.arrow and 1,201 more
              model     data-samples/demo-reward (LlamaForSequenceClassification, fp32)
              tokens    52,000 presented, 40,000 computed, 20,800 a second
              memory    up to 264 MiB of 500 planned, for loads of 16,384 tokens; a conversation may have 76,800
              time      2.5 s (load 0.5, prepare 0.3, forward 1.5), after 3.3 s to start Spark
              faster    --precision bf16 would save up to 1.1 of these 1.5 s forward: this processor's own bf16 products are 4.0 times as fast at the model's shapes; scores differ (docs/fidelity.md)

              helpfulness: mean 0.600, standard deviation 1.032, from -0.500 to 2.500
                      -0.5 |####################                     1
                         0 |######################################## 2
                       0.5 |####################                     1
                         1 |                                         0
                       1.5 |                                         0
                         2 |                                         0
                       2.5 |####################                     1

            The first scored row:
            {"prompt":"Hi","reward":2.5}

            The bundled demo checkpoint demonstrates the job and is no reward model. --model DIR takes yours.
            """);
  }

  @Test
  void saysOfHowManyRejectedLinesOnlyTheReasonsWereKept() {
    assertThat(AnnotateText.kept(0)).isEqualTo("lines and reasons");
    assertThat(AnnotateText.kept(1_201))
        .isEqualTo("lines and reasons, and of 1,201 lines only the reasons,");
  }

  @Test
  void theChartOfLabelsCountsLabels() {
    AnnotationTotals scored = totals(5, new TreeMap<>(), 1);
    AnnotationTotals labelled =
        new AnnotationTotals(
            5,
            5,
            0,
            new TreeMap<>(),
            new TreeMap<>(),
            1,
            1,
            0,
            0,
            0,
            1,
            List.of(scored.scores().get(0).labelled(List.of(2L, 0L, 1L, 2L, 0L))),
            KnownTotals.NONE);

    assertThat(summary(LabelStyle.ROUNDED, labelled, "{}").text())
        .contains(
            """

              helpfulness: mean 0.600, standard deviation 1.032, from -0.500 to 2.500 before rounding; the labels:
                         0 |######################################## 2
                         1 |                                         0
                         2 |####################                     1
                         3 |######################################## 2
                         4 |                                         0

            """);
  }

  @Test
  void saysWhyMostLabelsWereClamped() {
    String text = summary(LabelStyle.ROUNDED, totals(5, new TreeMap<>(), 3), "{}").text();

    assertThat(text)
        .contains(
            """
            Note: 3 of 5 values lay outside 0-4 and were clamped. An uncalibrated Bradley-Terry score is not on
            the 0-4 scale; its labels say little. --labels float keeps the scores as they are,
            jobs/calibrate maps them to labels.
            """);
    assertThat(summary(LabelStyle.ROUNDED, totals(5, new TreeMap<>(), 2), "{}").text())
        .doesNotContain("clamped");
    assertThat(summary(LabelStyle.FLOAT, totals(5, new TreeMap<>(), 0), "{}").text())
        .doesNotContain("clamped");
  }

  @Test
  void saysWhereBitsFollowWhatIsScoredBeside() {
    AnnotationTotals totals = totals(5, new TreeMap<>(), 0);
    assertThat(summary(LabelStyle.FLOAT, totals, "{}", 3).text())
        .contains(
            "\n  bits      3 pieces scored without a ledger: on this processor the last bits of a"
                + " score follow what is scored with it\n");
    assertThat(summary(LabelStyle.FLOAT, totals, "{}", 0).text()).doesNotContain("  bits  ");
  }

  @Test
  void showsBothEndsOfALongRowAndNoControlCharacters() {
    String row = "{\"prompt\":\"\u001b[31m" + "x".repeat(400) + "\",\"reward\":1.25}";

    String text = summary(LabelStyle.FLOAT, totals(5, new TreeMap<>(), 0), row).text();

    String shown = text.lines().dropWhile(line -> !line.startsWith("{")).findFirst().orElseThrow();
    assertThat(shown)
        .startsWith("{\"prompt\":\"\uFFFD[31mxxx")
        .contains("xxx ... xxx")
        .endsWith("xxx\",\"reward\":1.25}")
        .hasSize(305);
  }

  @Test
  void cutsNoCharacterInTwo() {
    String smile = new String(Character.toChars(0x1F642));
    for (int shift = 0; shift < 2; shift++) {
      String row = "x".repeat(shift) + smile.repeat(300);

      String text = summary(LabelStyle.FLOAT, totals(5, new TreeMap<>(), 0), row).text();

      assertThat(text).contains(" ... ");
      assertThat(text.codePoints().filter(c -> c >= 0xD800 && c <= 0xDFFF)).isEmpty();
    }
  }

  private static AnnotationTotals totals(long out, SortedMap<String, Long> rejected, long clamped) {
    return new AnnotationTotals(
        out + rejected.values().stream().mapToLong(Long::longValue).sum(),
        out,
        4,
        rejected,
        new TreeMap<>(),
        52_000,
        40_000,
        0,
        0,
        0,
        clamped,
        List.of(ScoreDistribution.of(List.of(-0.5f, 0.0f, 0.25f, 2.5f, 0.75f))),
        KnownTotals.NONE);
  }

  private static AnnotateText summary(LabelStyle labels, AnnotationTotals totals, String firstRow) {
    return summary(labels, totals, firstRow, 0);
  }

  @Test
  void tellsWhatOfTheModelCouldHaveBeenUnderstoodOtherwise() {
    ModelReading reading =
        new ModelReading(
            "transformers5",
            List.of("normalizer of LlamaTokenizer", "token <x> added"),
            "logit of token 0 at the last position, as NVIDIA's Reward models",
            List.of("reward"),
            List.of("a note"),
            List.of("a warning"));
    String text = told(reading);
    assertThat(text)
        .startsWith("Warning: a warning\n\nScored 5 of 5 rows; the result lies in out\n")
        .contains(
            """
              model     data-samples/demo-reward (LlamaForSequenceClassification, fp32)
              reward    logit of token 0 at the last position, as NVIDIA's Reward models
              tokenizer rebuilt as transformers 5.23 does: normalizer of LlamaTokenizer; token <x> added \
            (--tokenizer file takes tokenizer.json as it stands)
              note      a note
              tokens  \
            """)
        .contains("\n  reward: mean 0.600,");
    ModelReading file =
        new ModelReading("file", List.of("token <x> added"), "", List.of(), List.of(), List.of());
    assertThat(told(file))
        .contains(
            "\n  tokenizer tokenizer.json as it stands; transformers 5.23 would rebuild it: token"
                + " <x> added\n");
  }

  private static String told(ModelReading reading) {
    ModelDescription model =
        new ModelDescription(
            MODEL.path(),
            MODEL.fingerprint(),
            MODEL.architecture(),
            MODEL.attributes(),
            MODEL.maxTokens(),
            MODEL.prompt(),
            MODEL.templateDate(),
            MODEL.precision(),
            MODEL.head(),
            reading);
    AnnotateText usual = summary(LabelStyle.FLOAT, totals(5, new TreeMap<>(), 0), "{}");
    return new AnnotateText(
            usual.report(),
            model,
            usual.origin(),
            usual.memory(),
            usual.faster(),
            usual.labels(),
            usual.sparkSeconds())
        .text();
  }

  private static AnnotateText summary(
      LabelStyle labels, AnnotationTotals totals, String firstRow, long unsteady) {
    return new AnnotateText(
        new AnnotateReport(
            totals,
            0,
            new AnnotateReport.Seconds(2.5, 0.5, 0.3, 1.5),
            7,
            2,
            unsteady,
            SKIPPED,
            "out",
            "out/_rejected",
            Optional.of(firstRow),
            Optional.empty(),
            false),
        MODEL,
        AnnotateText.ModelOrigin.DEMO,
        Optional.of(new MemoryPlan(500L << 20, 200L << 20, 4_096, 16_384)),
        Optional.of(new FasterProducts("--precision bf16", 4)),
        labels,
        3.3);
  }

  @Test
  void writesTheEdgesOfBarsPlainWhereTheyFit() {
    assertThat(AnnotateText.edge(0)).isEqualTo("0");
    assertThat(AnnotateText.edge(10)).isEqualTo("10");
    assertThat(AnnotateText.edge(-0.0625)).isEqualTo("-0.0625");
    assertThat(AnnotateText.edge(4_096_000)).isEqualTo("4096000");
    assertThat(AnnotateText.edge(1e30)).isEqualTo("1E+30");
    assertThat(AnnotateText.edge(1e-20)).isEqualTo("1E-20");
  }
}
