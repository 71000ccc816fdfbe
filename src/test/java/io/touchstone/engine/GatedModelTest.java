package io.touchstone.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.touchstone.checkpoint.Checkpoint;
import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.Role;
import io.touchstone.conversation.Turn;
import io.touchstone.engine.device.DeviceRule;
import io.touchstone.engine.device.Precision;
import io.touchstone.engine.device.Resources;
import io.touchstone.engine.device.ThisProcessor;
import io.touchstone.problem.Refused;
import io.touchstone.reward.Rejected;
import io.touchstone.reward.Scored;
import io.touchstone.scoring.Preparation;
import io.touchstone.scoring.PreparedRow;
import io.touchstone.scoring.ScoreIdentity;
import io.touchstone.scoring.Scorer;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A model that reads each prompt at two places; its scores are held in ReferenceScoresTest. */
final class GatedModelTest {
  private static final Path MODEL = Path.of("src/test/resources/references/llama-gated");
  private static final List<String> ALL = List.of("all");

  @Test
  void weighsObjectivesByASoftmaxOfTheGate() {
    float[][] transform = {{1, 0.5f}, {0, 2}};
    GatedScore score = new GatedScore(2, 3, transform, GatedScore.Given.ALL);
    double first = 1 / (1 + Math.exp(-1));
    double expected = 3 * (first * 4 + (1 - first) * (0.5 * 4 + 2 * -1));
    float[] values =
        score.score(List.of(new float[] {1002, 1000, 9, 9}, new float[] {8, 8, 4, -1}));
    assertThat(values[0]).isCloseTo((float) expected, within(1e-6f));
    assertThat(values).hasSize(3).endsWith(4, -1);
  }

  @Test
  void givesItsObjectivesBesideTheSameScoreWhereAllAreAskedFor() {
    EngineScorerFactory one = EngineScorerFactory.of(config(List.of(), PromptChoice.CHAT));
    EngineScorerFactory all = EngineScorerFactory.of(config(ALL, PromptChoice.CHAT));
    assertThat(one.model().attributes()).containsExactly("score");
    assertThat(all.model().attributes())
        .containsExactly(
            "score", "objective_0", "objective_1", "objective_2", "objective_3", "objective_4");
    assertThat(one.model().head())
        .isEqualTo(
            "gating.layers.0.weight, ReLU, gating.layers.1.weight, ReLU,"
                + " gating.layers.2.weight[0:5] + gating.layers.2.bias, softmax over 10.0, weighs"
                + " regression_layer.weight");
    assertThat(ScoreIdentity.of(all.model()).text())
        .isNotEqualTo(ScoreIdentity.of(one.model()).text());
    try (Scorer alone = one.open();
        Scorer whole = all.open()) {
      float[] score = score(alone, List.of(row(alone, "Is it?"))).get(0);
      float[] values = score(whole, List.of(row(whole, "Is it?"))).get(0);
      assertThat(score).hasSize(1);
      assertThat(values).hasSize(6).startsWith(score[0]);
    }
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void aScoreHasTheSameBitsInAnyCompany(Precision precision) {
    ThisProcessor.assumeHas(precision);
    EngineConfig config = config(ALL, PromptChoice.CHAT, precision, 64);
    try (Scorer scorer = EngineScorerFactory.of(config).open()) {
      List<PreparedRow> rows = new ArrayList<>();
      for (int i = 0; i < 9; i++) {
        rows.add(row(scorer, "Why? ".repeat(1 + 5 * i)));
      }
      assertThat(rows.get(8).distinctTokens()).as("more than a load").isGreaterThan(64);
      List<float[]> together = score(scorer, rows);
      for (int i = 0; i < rows.size(); i++) {
        assertThat(score(scorer, List.of(rows.get(i))))
            .containsExactly(together.get(2 * i), together.get(2 * i + 1));
        assertThat(score(scorer, List.of(rows.get(i).only(List.of(1)))))
            .containsExactly(together.get(2 * i + 1));
      }
    }
  }

  @Test
  void setsARowAsideInWhichNoAnswersHeaderFollowsATurn() {
    try (Scorer scorer = EngineScorerFactory.of(config(List.of(), PromptChoice.CHAT)).open()) {
      Preparation row =
          scorer.prepare(List.of(new Conversation(List.of(Turn.of(Role.ASSISTANT, "Yes.")))));
      assertThat(row)
          .isEqualTo(
              new Preparation.Unpreparable(
                  new Rejected(
                      "no-read-out",
                      "expected the tokens of"
                          + " '<|eot_id|><|start_header_id|>assistant<|end_header_id|>', where the"
                          + " model reads, found none")));
    }
  }

  @Test
  void refusesAPromptWithoutHeadersAndNamesThatAreTooFew() {
    assertThat(problems(config(List.of("a", "b"), PromptChoice.STEERLM)))
        .containsExactly(
            "attributes: expected 6 names, one for each output of the model, found 2: a,b",
            "prompt: expected chat, as a gate reads where the last answer's header begins, found"
                + " steerlm");
    EngineConfig plain =
        config(MODEL.resolveSibling("llama-classifier"), ALL, PromptChoice.CHAT, Precision.FP32, 0);
    assertThat(problems(plain))
        .containsExactly(
            "attributes: expected names of the model's own; all is for one that makes its score of"
                + " objectives, found all");
  }

  @Test
  void saysWhatTheScoreIsMadeOf() {
    assertThat(notes(List.of()))
        .containsExactly(
            "the reward is the score that a gate makes of 5 objectives, by what was asked;"
                + " --attributes all gives these too");
    assertThat(notes(ALL))
        .containsExactly(
            "score is what a gate makes of the 5 objectives behind it, by what was asked");
  }

  private static List<String> notes(List<String> attributes) {
    return EngineScorerFactory.of(config(attributes, PromptChoice.CHAT)).model().reading().notes();
  }

  private static List<String> problems(EngineConfig config) {
    return catchThrowableOfType(Refused.class, () -> EngineScorerFactory.of(config)).problems();
  }

  /** Two answers to a question. */
  private static PreparedRow row(Scorer scorer, String question) {
    return (PreparedRow)
        scorer.prepare(
            List.of(conversation(question, "Yes, it is."), conversation(question, "No. Yes.")));
  }

  private static Conversation conversation(String question, String answer) {
    return new Conversation(List.of(Turn.of(Role.USER, question), Turn.of(Role.ASSISTANT, answer)));
  }

  private static List<float[]> score(Scorer scorer, List<PreparedRow> rows) {
    List<float[]> values = new ArrayList<>();
    scorer
        .score(rows)
        .verdicts()
        .forEach(
            verdict -> ((Scored) verdict).rewards().forEach(reward -> values.add(reward.values())));
    return values;
  }

  private static EngineConfig config(List<String> attributes, PromptChoice prompt) {
    return config(attributes, prompt, Precision.FP32, 0);
  }

  private static EngineConfig config(
      List<String> attributes, PromptChoice prompt, Precision precision, int loadTokens) {
    return config(MODEL, attributes, prompt, precision, loadTokens);
  }

  private static EngineConfig config(
      Path model,
      List<String> attributes,
      PromptChoice prompt,
      Precision precision,
      int loadTokens) {
    return new EngineConfig(
        model,
        Checkpoint.Reading.defaults(),
        EngineConfig.Known.NOT,
        prompt,
        0,
        attributes,
        OptionalInt.empty(),
        LocalDate.of(2024, 7, 26),
        precision,
        new DeviceRule.Cpu(),
        new Resources(2, 0, loadTokens));
  }
}
