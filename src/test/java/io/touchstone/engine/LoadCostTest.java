package io.touchstone.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.touchstone.checkpoint.Checkpoint;
import io.touchstone.checkpoint.config.DecoderConfig;
import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.Role;
import io.touchstone.conversation.Turn;
import io.touchstone.reward.Scored;
import io.touchstone.scoring.LoadCost;
import io.touchstone.scoring.ModelWork;
import io.touchstone.scoring.PreparedRow;
import io.touchstone.scoring.Scorer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LoadCostTest {
  private static final Path DEMO = Path.of("data-samples", "demo-reward");

  @Test
  void measuringRunsLayersOfTheModelAndLeavesItsScoresAsTheyWere() {
    try (Scorer scorer = EngineScorerFactory.of(EngineConfig.defaults(DEMO)).open()) {
      PreparedRow row =
          (PreparedRow)
              scorer.prepare(
                  List.of(
                      new Conversation(
                          List.of(
                              Turn.of(Role.USER, "Where is the river?"),
                              Turn.of(Role.ASSISTANT, "Behind the stone.")))));
      Scored before = (Scored) scorer.score(List.of(row)).verdicts().get(0);
      LoadCost cost = scorer.measure(List.of(row)).orElseThrow();
      assertThat(cost.tokens()).isEqualTo(row.distinctTokens());
      assertThat(cost.measuredLayers()).isBetween(1, cost.layers());
      assertThat(cost.secondsPerLoad()).isPositive();
      assertThat(cost.secondsPerToken()).isPositive();
      assertThat(cost.seconds(2, 10))
          .isCloseTo(2 * cost.secondsPerLoad() + 10 * cost.secondsPerToken(), within(1e-12));
      Scored after = (Scored) scorer.score(List.of(row)).verdicts().get(0);
      assertThat(after.rewards().get(0).values()).isEqualTo(before.rewards().get(0).values());
      assertThat(scorer.measure(List.of())).isEmpty();
    }
  }

  @Test
  void theWorkOfAModelFollowsFromItsShapes() {
    DecoderConfig decoder = Checkpoint.open(DEMO).decoder();
    ModelWork work = DecoderWork.of(decoder);
    double hidden = decoder.hiddenSize();
    double queries = (double) decoder.heads() * decoder.headDim();
    double keysValues = 2.0 * decoder.kvHeads() * decoder.headDim();
    double layer = hidden * (2 * queries + keysValues) + 3.0 * hidden * decoder.intermediateSize();
    // One token that is read needs all of every layer, and looks at itself.
    assertThat(work.linear(1, 1)).isEqualTo(2 * layer * decoder.layers());
    assertThat(work.attention(1, 1)).isEqualTo(4 * queries * decoder.layers());
    assertThat(work.weightBytes()).isEqualTo((long) (2 * layer * decoder.layers()));
  }
}
