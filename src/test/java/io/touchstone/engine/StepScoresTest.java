package io.touchstone.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.touchstone.checkpoint.Checkpoint;
import io.touchstone.checkpoint.RewardScale;
import io.touchstone.conversation.format.FormatTable;
import io.touchstone.conversation.format.RowFormat;
import io.touchstone.conversation.format.RowReader;
import io.touchstone.conversation.line.Row;
import io.touchstone.engine.device.DeviceRule;
import io.touchstone.engine.device.Precision;
import io.touchstone.reward.Reward;
import io.touchstone.reward.Scored;
import io.touchstone.scoring.LoadResult;
import io.touchstone.scoring.PreparedRow;
import io.touchstone.scoring.Scorer;
import io.touchstone.scoring.Steps;
import io.touchstone.scoring.pipeline.SelfCheck;
import io.touchstone.tokenizer.transformers.TokenizerChoice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Models that judge steps, against their published arithmetic (src/test/python/make_steps.py). */
final class StepScoresTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String BLANK_LINE = "\n\n";

  private static final List<String> SHARED = List.of("qwen-math-prm", "rlhflow-prm");

  /** Behind the turns' texts, with the special token that the published code puts in front. */
  private static final String JOINED =
      "{{ bos_token }}{% for m in messages %}{{ m.content }}{{ '' if loop.last else 'JOINT' }}"
          + "{% endfor %}";

  /**
   * @param template in place of the folder's
   */
  private record Judge(Steps steps, Optional<String> template) {
    Scorer open(Path folder) {
      EngineConfig config = EngineConfig.defaults(folder);
      return EngineScorerFactory.of(
              new EngineConfig(
                      folder,
                      new Checkpoint.Reading(
                          TokenizerChoice.TRANSFORMERS5, template, RewardScale.RAW),
                      EngineConfig.Known.NOT,
                      PromptChoice.CHAT,
                      0,
                      List.of(),
                      OptionalInt.empty(),
                      EngineConfig.TEMPLATE_DATE,
                      Precision.FP32,
                      new DeviceRule.Cpu(),
                      config.resources())
                  .with(steps))
          .open();
    }
  }

  private static final Path OWN = Path.of("src/test/resources/steps");

  private static final Map<String, Judge> JUDGES =
      Map.of(
          "qwen-math-prm",
          new Judge(new Steps(BLANK_LINE, "<extra_0>", List.of()), Optional.empty()),
          "rlhflow-prm",
          new Judge(new Steps(BLANK_LINE, "", List.of("+", "-")), Optional.empty()),
          "math-shepherd",
          new Judge(
              new Steps(BLANK_LINE, " ки", List.of("+", "-")),
              Optional.of(JOINED.replace("JOINT", " "))),
          "trl-prm",
          new Judge(new Steps(BLANK_LINE, "", List.of()), Optional.of(JOINED.replace("JOINT", ""))),
          "skywork-prm",
          new Judge(new Steps("\n", "", List.of()), Optional.of(JOINED.replace("JOINT", "\\n"))));

  private static final List<RowFormat> FORMATS =
      List.of(
          FormatTable.HELPSTEER2,
          FormatTable.PREFERENCE,
          FormatTable.CANDIDATES,
          FormatTable.MESSAGES,
          FormatTable.STEPWISE);

  @TestFactory
  Stream<DynamicTest> ownModelsJudgeStepsAsTheirReferencesDo() {
    return JUDGES.keySet().stream()
        .flatMap(
            name ->
                FORMATS.stream()
                    .map(
                        format ->
                            DynamicTest.dynamicTest(
                                name + ", " + format,
                                () ->
                                    check(
                                        OWN.resolve(name),
                                        JUDGES.get(name),
                                        format,
                                        OWN.resolve("rows/" + format + ".jsonl"),
                                        OWN.resolve(
                                            "expected/" + name + "." + format + ".jsonl")))));
  }

  @TestFactory
  Stream<DynamicTest> aStepHasTheSameBitsInAnyCompany() {
    return JUDGES.keySet().stream()
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name,
                    () -> {
                      try (Scorer scorer = JUDGES.get(name).open(OWN.resolve(name))) {
                        List<PreparedRow> all = new ArrayList<>();
                        for (RowFormat format : FORMATS) {
                          all.addAll(
                              rows(scorer, format, OWN.resolve("rows/" + format + ".jsonl")));
                        }
                        List<List<Integer>> alone = new ArrayList<>();
                        for (PreparedRow row : all) {
                          alone.addAll(bits(scorer.score(List.of(row))));
                        }
                        assertThat(bits(scorer.score(all))).isEqualTo(alone);
                        Collections.reverse(all);
                        Collections.reverse(alone);
                        assertThat(bits(scorer.score(all))).isEqualTo(alone);
                        assertThat(SelfCheck.keepsBits(scorer)).isTrue();
                      }
                    }));
  }

  @Test
  void theStepsOfAConversationAreReadInOnePass() throws IOException {
    String name = "qwen-math-prm";
    try (Scorer scorer = JUDGES.get(name).open(OWN.resolve(name))) {
      PreparedRow row =
          rows(scorer, FormatTable.HELPSTEER2, OWN.resolve("rows/helpsteer2.jsonl")).get(0);
      assertThat(row.rewards()).containsExactly(3);
      assertThat(row.promptTokens()).containsExactly((int) row.presentedTokens());
      // What stands behind the last step's token is the end of its turn.
      assertThat(scorer.score(List.of(row)).computedTokens())
          .isEqualTo(row.distinctTokens())
          .isEqualTo(row.presentedTokens() - 2);
      PreparedRow pair =
          rows(scorer, FormatTable.PREFERENCE, OWN.resolve("rows/preference.jsonl")).get(1);
      assertThat(pair.rewards()).containsExactly(2, 2);
      assertThat(scorer.score(List.of(pair)).computedTokens())
          .as("the first step of both answers is the same")
          .isLessThan(pair.promptTokens().get(0) + 25);
    }
  }

  private static List<PreparedRow> rows(Scorer scorer, RowFormat format, Path file)
      throws IOException {
    RowReader reader = new RowReader(format);
    List<PreparedRow> rows = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      Row row = (Row) reader.read(line.getBytes(StandardCharsets.UTF_8));
      rows.add((PreparedRow) scorer.prepare(row.conversations()));
    }
    return rows;
  }

  private static List<List<Integer>> bits(LoadResult result) {
    return result.verdicts().stream()
        .map(
            verdict ->
                ((Scored) verdict)
                    .rewards().stream()
                        .map(reward -> Float.floatToRawIntBits(reward.values()[0]))
                        .toList())
        .toList();
  }

  @TestFactory
  Stream<DynamicTest> sharedModelsJudgeStepsAsTheirReferencesDo() {
    String fixtures = System.getProperty("touchstone.fixtures", "");
    Assumptions.assumeFalse(
        fixtures.isEmpty(), "no shared fixtures: system property touchstone.fixtures is unset");
    Path families = Path.of(fixtures, "families");
    return SHARED.stream()
        .map(
            model ->
                DynamicTest.dynamicTest(
                    model,
                    () ->
                        check(
                            families.resolve(model),
                            JUDGES.get(model),
                            FormatTable.HELPSTEER2,
                            families.resolve("cases-steps/helpsteer2-steps.jsonl"),
                            families.resolve("expected/" + model + ".helpsteer2-steps.jsonl"))));
  }

  private static void check(Path folder, Judge judge, RowFormat format, Path rows, Path expected)
      throws IOException {
    List<String> wanted = Files.readAllLines(expected);
    double largest = 0;
    int count = 0;
    try (Scorer scorer = judge.open(folder)) {
      List<PreparedRow> load = rows(scorer, format, rows);
      assertThat(load).hasSameSizeAs(wanted);
      LoadResult result = scorer.score(load);
      for (int i = 0; i < load.size(); i++) {
        List<Reward> rewards = ((Scored) result.verdicts().get(i)).rewards();
        int next = 0;
        int prompt = 0;
        for (JsonNode place : JSON.readTree(wanted.get(i)).get("scores")) {
          String where = expected.getFileName() + " line " + i + ", " + place.get("at").asText();
          assertThat(load.get(i).promptTokens().get(prompt))
              .as(where)
              .isEqualTo(place.get("tokens").asInt());
          assertThat(load.get(i).rewards().get(prompt))
              .as(where)
              .isEqualTo(place.get("score").size());
          for (JsonNode score : place.get("score")) {
            double difference = Math.abs(rewards.get(next).values()[0] - score.asDouble());
            assertThat(difference).as(where).isLessThanOrEqualTo(ReferenceScores.TOLERANCE);
            largest = Math.max(largest, difference);
            next++;
            count++;
          }
          prompt++;
        }
        assertThat(rewards).hasSize(next);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%s: %d steps, largest difference %.1e%n",
        expected.getFileName(),
        count,
        largest);
  }
}
