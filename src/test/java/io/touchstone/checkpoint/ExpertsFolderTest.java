package io.touchstone.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.touchstone.checkpoint.config.Experts;
import io.touchstone.problem.Refused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders of decoders with experts, as they are stored. */
final class ExpertsFolderTest {
  private static final Path REFERENCES = Path.of("src/test/resources/references");

  @TempDir private Path folder;

  /** Of Qwen's kind: experts in the second layer, an MLP in the first. */
  private CheckpointFolder qwen() {
    CheckpointFolder made =
        CheckpointFolder.of(folder, "Qwen3ForCausalLM")
            .set("architectures", "[\"Qwen3MoeForCausalLM\"]")
            .set("model_type", "\"qwen3_moe\"")
            .set("num_experts", "3")
            .set("num_experts_per_tok", "2")
            .set("moe_intermediate_size", "4")
            .set("norm_topk_prob", "true")
            .set("mlp_only_layers", "[0]");
    String mlp = "model.layers.1.mlp.";
    made.drop(mlp + "gate_proj.weight").drop(mlp + "up_proj.weight").drop(mlp + "down_proj.weight");
    made.store(mlp + "gate.weight", 3, 8);
    for (int expert = 0; expert < 3; expert++) {
      String each = mlp + "experts." + expert + ".";
      made.store(each + "gate_proj.weight", 4, 8)
          .store(each + "up_proj.weight", 4, 8)
          .store(each + "down_proj.weight", 8, 4);
    }
    return made;
  }

  private static List<String> problems(CheckpointFolder made) throws IOException {
    made.write();
    return catchThrowableOfType(Refused.class, () -> Checkpoint.open(made.path)).problems();
  }

  @Test
  void readsExpertsInTheLayersThatHaveThem() throws IOException {
    Checkpoint checkpoint = Checkpoint.open(qwen().write());
    Experts experts = checkpoint.decoder().mlp().experts().orElseThrow();
    assertThat(List.of(experts.count(), experts.chosen(), experts.inner()))
        .containsExactly(3, 2, 4);
    assertThat(experts.renormalised()).isTrue();
    assertThat(experts.in(0)).isFalse();
    assertThat(experts.in(1)).isTrue();
    assertThat(checkpoint.tensors())
        .containsKeys(
            "model.layers.0.mlp.up_proj.weight", "model.layers.1.mlp.experts.2.up_proj.weight")
        .doesNotContainKey("model.layers.1.mlp.up_proj.weight");
  }

  @Test
  void readsThemInEachSecondLayerWhereThatIsTheStep() throws IOException {
    Checkpoint checkpoint =
        Checkpoint.open(
            qwen().set("mlp_only_layers", "[]").set("decoder_sparse_step", "2").write());
    assertThat(checkpoint.decoder().mlp().experts().orElseThrow().dense()).containsExactly(0);
  }

  @Test
  void namesAnExpertThatIsMissingAndNumbersThatDoNotFit() throws IOException {
    assertThat(problems(qwen().drop("model.layers.1.mlp.experts.1.up_proj.weight")))
        .containsExactly(
            "[model.safetensors] tensor model.layers.1.mlp.experts.1.up_proj.weight: expected shape"
                + " [4, 8], found none");
    assertThat(problems(qwen().set("num_experts_per_tok", "4").set("num_local_experts", "5")))
        .containsExactly(
            "[config.json] num_local_experts: expected the num_experts of 3, found 5",
            "[config.json] num_experts_per_tok: expected at most the 3 experts, found 4");
    assertThat(problems(qwen().set("num_experts", "1000000")))
        .containsExactly(
            "[config.json] num_experts: expected an integer from 1 to 4096, found 1000000");
  }

  /** As transformers 5.23.0 makes them of these folders. */
  @Test
  void hasTheTokenizerOfItsKindWithoutExperts() throws IOException {
    byte[] qwens = tokenizer("qwen3-moe", "\"Qwen2Tokenizer\"");
    assertThat(tokenizer("qwen3-moe", "null")).isEqualTo(qwens);
    assertThat(new String(qwens, StandardCharsets.UTF_8)).contains("NFC");
    assertThat(tokenizer("mixtral", "\"LlamaTokenizer\""))
        .isEqualTo(Files.readAllBytes(REFERENCES.resolve("mixtral/tokenizer.json")));
  }

  /**
   * @param named the class, as JSON
   */
  private byte[] tokenizer(String model, String named) throws IOException {
    Path made = Files.createDirectories(folder.resolve(model + named.length()));
    try (Stream<Path> files = Files.list(REFERENCES.resolve(model))) {
      for (Path each : files.toList()) {
        Files.copy(each, made.resolve(each.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Path file = made.resolve("tokenizer.json");
    Files.writeString(file, Files.readString(file).replace("{\"type\":\"NFC\"}", "null"));
    Path config = made.resolve("tokenizer_config.json");
    Files.writeString(
        config,
        Files.readString(config)
            .replaceFirst("\"tokenizer_class\": [^,\n]*", "\"tokenizer_class\": " + named));
    return Checkpoint.open(made).tokenizerJson();
  }

  @Test
  void refusesAMixtralThatDoesNotSayHowPositionsTurn() throws IOException {
    assertThat(
            problems(
                CheckpointFolder.of(folder, "MistralForCausalLM")
                    .set("architectures", "[\"MixtralForCausalLM\"]")
                    .set("model_type", "\"mixtral\"")
                    .unset("rope_theta")))
        .containsExactly("[config.json] rope_theta: expected a positive number, found none");
  }
}
