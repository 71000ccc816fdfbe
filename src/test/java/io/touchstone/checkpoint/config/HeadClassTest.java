package io.touchstone.checkpoint.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.touchstone.checkpoint.Checkpoint;
import io.touchstone.checkpoint.CheckpointFolder;
import io.touchstone.checkpoint.RewardScale;
import io.touchstone.checkpoint.config.RewardHead.Position;
import io.touchstone.checkpoint.family.Families;
import io.touchstone.checkpoint.family.Family;
import io.touchstone.problem.Refused;
import io.touchstone.tokenizer.transformers.TokenizerChoice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classes that transformers does not have, each on a folder as it is published. */
final class HeadClassTest {
  private static final Checkpoint.Reading NORMALIZED =
      new Checkpoint.Reading(
          TokenizerChoice.TRANSFORMERS5, Optional.empty(), RewardScale.NORMALIZED);

  @TempDir private Path folder;

  @Test
  void readsTwoLayersBeforeTheFirstPadToken() throws IOException {
    RewardHead.Classifier head =
        head(
            own("Qwen2", "Qwen2ForRewardModel")
                .set("auto_map", "{\"AutoModel\": \"modeling_qwen2_rm.Qwen2ForRewardModel\"}")
                .set("pad_token_id", "15")
                .store("score.0.weight", 8, 8)
                .store("score.0.bias", 8)
                .store("score.2.weight", 1, 8)
                .store("score.2.bias", 1));
    assertThat(head.outputs()).isEqualTo(1);
    assertThat(head.position()).isEqualTo(Position.BEFORE_FIRST_PAD);
    assertThat(head.padTokenId()).hasValue(15);
    assertThat(head.layers()).hasSize(2);
  }

  @Test
  void readsHeadsOfSteps() throws IOException {
    RewardHead.Classifier qwens =
        head(
            own("Qwen2", "Qwen2ForProcessRewardModel")
                .store("score.0.weight", 8, 8)
                .store("score.0.bias", 8)
                .store("score.2.weight", 2, 8)
                .store("score.2.bias", 2));
    assertThat(qwens.isOfSteps()).isTrue();
    assertThat(qwens.outputs()).isEqualTo(2);
    RewardHead.Classifier skyworks =
        head(
            own("Qwen2", "Qwen2ForPrmModel")
                .store("v_head.summary.weight", 1, 8)
                .store("v_head.summary.bias", 1));
    assertThat(skyworks.position()).isEqualTo(Position.STEP_ENDS);
    assertThat(skyworks.outputs()).isEqualTo(1);
    RewardHead.Classifier trls =
        head(
            own("Llama", "LlamaForTokenClassification")
                .store("score.weight", 2, 8)
                .store("score.bias", 2));
    assertThat(trls.isOfSteps()).isTrue();
  }

  @Test
  void readsTheHeadThatOpenRlhfNames() throws IOException {
    CheckpointFolder made =
        own("Llama", "RewardModel")
            .set("value_head_prefix", "\"my_head\"")
            .set("mean", "-1.5")
            .set("std", "2")
            .store("my_head.weight", 1, 8);
    RewardHead.Classifier head = head(made);
    assertThat(head.position()).isEqualTo(Position.LAST);
    assertThat(head.normalization()).contains(new Normalization(-1.5, 2));
    assertThat(head.layers().get(0).weight(Set.of())).isEqualTo("my_head.weight");
  }

  @Test
  void takesTheNameThatIsStoredWhereOpenRlhfNamesNone() throws IOException {
    Checkpoint made =
        Checkpoint.open(
            own("Mistral", "LLMForSequenceRegression").store("value_head.weight", 1, 8).write());
    assertThat(made.tensors()).containsKey("value_head.weight");
    HeadLayer layer = ((RewardHead.Classifier) made.head()).layers().get(0);
    assertThat(layer.weight(made.tensors().keySet())).isEqualTo("value_head.weight");
  }

  @Test
  void readsTheValueHeadOfGrmInBothItsForms() throws IOException {
    assertThat(
            head(own("Llama", "GRewardModel")
                    .set("vhead_num_neurons", "6")
                    .store("v_head.summary.0.weight", 6, 8)
                    .store("v_head.summary.0.bias", 6)
                    .store("v_head.summary.2.weight", 1, 6)
                    .store("v_head.summary.2.bias", 1))
                .layers())
        .hasSize(2);
    assertThat(
            head(own("Llama", "GRewardModel")
                    .set("vhead_layer_type", "\"linear\"")
                    .store("v_head.summary.weight", 1, 8)
                    .store("v_head.summary.bias", 1))
                .layers())
        .hasSize(1);
  }

  @Test
  void readsTheRegressionHeadOfEurus() throws IOException {
    assertThat(
            head(own("Mistral", "EurusRewardModel").store("regression_head.weight", 1, 8))
                .layers()
                .get(0)
                .bias())
        .isEqualTo(HeadLayer.Bias.NONE);
  }

  @Test
  void readsTheGateOfArmoRmWithTheNamesOfItsCard() throws IOException {
    CheckpointFolder gated =
        own("Llama", "LlamaForRewardModelWithGating")
            .set("auto_map", "{\"AutoModel\": \"modeling_custom.LlamaForRewardModelWithGating\"}")
            .set("gating_hidden_dim", "6")
            .set("gating_n_hidden", "1")
            .set("gating_temperature", "4")
            .store("gating.layers.0.weight", 6, 8)
            .store("gating.layers.0.bias", 6)
            .store("gating.layers.1.weight", 19, 6)
            .store("gating.layers.1.bias", 19)
            .store("gating.logit_scale", 1)
            .store("regression_layer.weight", 19, 8)
            .store("reward_transform_matrix", 19, 19);
    RewardHead.Classifier head = head(gated);
    assertThat(head.position()).isEqualTo(Position.BEFORE_FIRST_PAD);
    assertThat(head.labelNames())
        .hasSize(19)
        .startsWith("helpsteer-helpfulness")
        .endsWith("code-readability");
    assertThat(head.gate().orElseThrow().temperature()).isEqualTo(4);
    assertThat(head.gate().orElseThrow().layers()).hasSize(2);
    assertThat(problems(gated.set("num_quantiles", "19")))
        .containsExactly(
            "[config.json] num_quantiles: expected none, as the gate of models of quantiles (QRM) is"
                + " not supported, found 19");
  }

  @Test
  void namesTheHeadThatIsMissing() throws IOException {
    assertThat(problems(own("Llama", "RewardModel")))
        .containsExactly(
            "[model.safetensors] tensor score.weight: expected shape [1, 8], found none");
    assertThat(problems(own("Llama", "GRewardModel").set("vhead_num_layers", "2")))
        .containsExactly("[config.json] vhead_num_layers: expected 1, found 2");
  }

  @Test
  void refusesAClassOnAnotherFamilyThanItsOwn() throws IOException {
    assertThat(problems(own("Llama", "Qwen2ForRewardModel").set("model_type", "\"llama\"")))
        .contains(
            "[config.json] model_type: expected qwen2 as in Qwen2ForRewardModel, found \"llama\"");
    String any =
        Families.ALL.stream()
            .filter(Family::bearsAnyHead)
            .map(Family::modelType)
            .collect(Collectors.joining(" or "));
    assertThat(any).startsWith("llama or mistral or qwen2 or qwen3 or ");
    assertThat(problems(own("Llama", "RewardModel").set("model_type", "\"bloom\"")))
        .containsExactly(
            "[config.json] model_type: expected " + any + " as in RewardModel, found \"bloom\"");
  }

  @Test
  void normalisesByNothingThatIsNoDeviation() throws IOException {
    for (String std : List.of("0", "-1", "\"2\"", "null")) {
      assertThat(
              head(own("Llama", "RewardModel")
                      .set("mean", "1")
                      .set("std", std)
                      .store("score.weight", 1, 8))
                  .normalization())
          .isEqualTo(Optional.empty());
    }
  }

  @Test
  void isAnotherModelWhereRewardsAreNormalised() throws IOException {
    Path made =
        own("Llama", "RewardModel")
            .set("mean", "1")
            .set("std", "2")
            .store("score.weight", 1, 8)
            .write();
    assertThat(Checkpoint.open(made, NORMALIZED).fingerprint())
        .isNotEqualTo(Checkpoint.open(made).fingerprint());
  }

  @Test
  void refusesToNormaliseByFiguresThatAreNotThere() throws IOException {
    Path classifier = CheckpointFolder.of(folder, "LlamaForSequenceClassification").write();
    Path causal = CheckpointFolder.of(folder.resolve("causal"), "LlamaForCausalLM").write();
    for (Path made : List.of(classifier, causal)) {
      assertThat(
              catchThrowableOfType(Refused.class, () -> Checkpoint.open(made, NORMALIZED))
                  .problems())
          .containsExactly(
              "[config.json] mean, std: expected numbers of a model with one output, as OpenRLHF"
                  + " writes them, to normalise by, found none");
    }
  }

  @Test
  void addsTheBiasOfAScoreWhereOneIsStored() throws IOException {
    Checkpoint made =
        Checkpoint.open(
            CheckpointFolder.of(folder, "LlamaForSequenceClassification")
                .store("score.bias", 1)
                .write());
    HeadLayer layer = ((RewardHead.Classifier) made.head()).layers().get(0);
    assertThat(layer.bias(made.tensors().keySet())).contains("score.bias");
    assertThat(layer.bias(Set.of("score.weight"))).isEmpty();
  }

  /** A folder of a family with the name of another class, and no head yet. */
  private CheckpointFolder own(String family, String architecture) {
    return CheckpointFolder.of(folder, family + "ForCausalLM")
        .drop("lm_head.weight")
        .set("architectures", "[\"" + architecture + "\"]");
  }

  private static RewardHead.Classifier head(CheckpointFolder made) throws IOException {
    return (RewardHead.Classifier) Checkpoint.open(made.write()).head();
  }

  private static List<String> problems(CheckpointFolder made) throws IOException {
    made.write();
    return catchThrowableOfType(Refused.class, () -> Checkpoint.open(made.path)).problems();
  }
}
