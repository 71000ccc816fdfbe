package io.touchstone.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.touchstone.checkpoint.config.Fp8;
import io.touchstone.checkpoint.safetensors.DType;
import io.touchstone.problem.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Folders with FP8 numbers and their scales, and with weights that are quantised otherwise. */
final class Fp8FolderTest {
  private static final String Q = "model.layers.0.self_attn.q_proj.weight";
  private static final String BLOCKS =
      "{\"quant_method\": \"fp8\", \"weight_block_size\": [3, 5],"
          + " \"modules_to_not_convert\": [\"lm_head\", \"model.layers.1\"]}";

  @TempDir private Path folder;

  private CheckpointFolder llama() {
    return CheckpointFolder.of(folder, "LlamaForSequenceClassification");
  }

  private static List<String> problems(CheckpointFolder made) throws IOException {
    made.write();
    return catchThrowableOfType(Refused.class, () -> Checkpoint.open(made.path)).problems();
  }

  @Test
  void readsTheScalesOfBlocks() throws IOException {
    Path made =
        llama()
            .set("quantization_config", BLOCKS)
            .store("F8_E4M3", Q, 8, 8)
            .store("F32", Q + "_scale_inv", 3, 2)
            .write();
    Checkpoint checkpoint = Checkpoint.open(made);
    Fp8 fp8 = checkpoint.fp8().orElseThrow();
    assertThat(fp8.method()).isEqualTo("fp8");
    assertThat(fp8.extent().scales(List.of(8L, 8L))).containsExactly(3L, 2L);
    assertThat(checkpoint.tensor(Q).dtype()).isEqualTo(DType.F8_E4M3);
    assertThat(checkpoint.tensors()).containsKey(fp8.scale(Q));
  }

  @Test
  void namesNumbersWithoutScalesAndScalesWithoutNumbers() throws IOException {
    String kept = "model.layers.1.mlp.up_proj.weight";
    assertThat(
            problems(
                llama()
                    .set("quantization_config", BLOCKS)
                    .store("F8_E4M3", Q, 8, 8)
                    .store("F8_E4M3", kept, 12, 8)
                    .store("F32", kept + "_scale_inv", 4, 3)
                    .store("F32", "model.layers.0.mlp.up_proj.weight_scale_inv", 4, 2)
                    .store("F8_E4M3", "score.weight", 1, 8)))
        .containsExactlyInAnyOrder(
            "[model.safetensors] tensor "
                + Q
                + ": expected scales in "
                + Q
                + "_scale_inv, found none",
            "[model.safetensors] tensor "
                + kept
                + ": expected F32, F16 or BF16, as quantization_config says that it is not quantised,"
                + " found F8_E4M3",
            "[model.safetensors] tensor "
                + kept
                + "_scale_inv: expected shape [4, 2], found [4, 3]",
            "[model.safetensors] tensor "
                + kept
                + ": expected scales in "
                + kept
                + "_scale_inv, found none",
            "[model.safetensors] tensor model.layers.0.mlp.up_proj.weight_scale_inv: expected FP8"
                + " numbers that it scales, found BF16",
            "[model.safetensors] tensor score.weight: expected dtype F32, F16 or BF16, found F8_E4M3"
                + " (quantised weights are not read)");
  }

  @Test
  void takesModelOptsWordFromItsOwnFile() throws IOException {
    Path made =
        llama()
            .store("F8_E4M3", Q, 8, 8)
            .store("F32", Q + "_scale")
            .store("F32", "model.layers.0.self_attn.q_proj.input_scale")
            .store("F32", "model.layers.0.self_attn.k_proj.k_scale")
            .write();
    Path said = made.resolve("hf_quant_config.json");
    Files.writeString(
        said,
        "{\"producer\": {\"name\": \"modelopt\"}, \"quantization\": {\"quant_algo\": \"FP8\"}}");
    Checkpoint checkpoint = Checkpoint.open(made);
    assertThat(checkpoint.fp8().orElseThrow().method()).isEqualTo("modelopt");
    assertThat(checkpoint.tensors()).doesNotContainKey("model.layers.0.self_attn.k_proj.k_scale");
    Files.writeString(
        said,
        "{\"producer\": {\"name\": \"modelopt\"}, \"quantization\": {\"quant_algo\": \"NVFP4\"}}");
    assertThat(catchThrowableOfType(Refused.class, () -> Checkpoint.open(made)).problems())
        .containsExactly(
            "[config.json] quantization_config.quant_algo: expected FP8, found \"NVFP4\"");
  }

  @Test
  void isAnotherModelWithOtherScales() throws IOException {
    CheckpointFolder made =
        llama()
            .set("quantization_config", BLOCKS)
            .store("F8_E4M3", Q, 8, 8)
            .store("F32", Q + "_scale_inv", 3, 2);
    String before = Checkpoint.open(made.write()).fingerprint();
    made.store("BF16", Q + "_scale_inv", 3, 2);
    assertThat(Checkpoint.open(made.write()).fingerprint()).isNotEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "format": "int-quantized" | format: expected float-quantized, found "int-quantized"
          "transform_config": {"a": 1} | transform_config: expected none, as transformed weights are not read, found an object
          "sparsity_config": {"format": "sparse"} | sparsity_config: expected none, as sparse weights are not read, found an object
          "config_groups": {"g": {"weights": {"num_bits": 4, "type": "float", "symmetric": true, "strategy": "tensor"}}} | config_groups.g.weights.num_bits: expected 8, found 4
          "config_groups": {"g": {"weights": {"num_bits": 8, "type": "float", "symmetric": true, "strategy": "group"}}} | config_groups.g.weights.strategy: expected tensor, channel or block, found "group"
          """)
  void refusesWhatCompressedTensorsMayAlsoMean(String other, String problem) throws IOException {
    String usual =
        "\"format\": \"float-quantized\", \"config_groups\": {\"g\": {\"weights\": {\"num_bits\":"
            + " 8, \"type\": \"float\", \"symmetric\": true, \"strategy\": \"channel\"}}}";
    assertThat(
            problems(
                llama()
                    .set(
                        "quantization_config",
                        "{\"quant_method\": \"compressed-tensors\", "
                            + usual
                            + ", "
                            + other
                            + "}")))
        .contains("[config.json] quantization_config." + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          model.layers.0.mlp.up_proj.qweight | I32 | those of GPTQ or AWQ in 2 tensors, model.layers.0.mlp.up_proj.qweight among them
          model.layers.0.mlp.up_proj.weight.absmax | U8 | those of bitsandbytes in 2 tensors, model.layers.0.mlp.up_proj.weight.absmax among them
          model.layers.0.mlp.experts.down_proj_blocks | U8 | MXFP4 in 2 tensors, model.layers.0.mlp.experts.down_proj_blocks among them
          model.layers.0.mlp.up_proj.weight | F8_E4M3 | F8_E4M3 without a quantization_config that says how it is scaled, in 2 tensors, model.layers.0.mlp.up_proj.weight among them
          """)
  void saysOnceHowWeightsAreQuantised(String tensor, String dtype, String found)
      throws IOException {
    assertThat(
            problems(
                llama()
                    .store(dtype, tensor, 4, 4)
                    .store(dtype, tensor.replace(".0.", ".1."), 4, 4)))
        .containsExactly(
            "[model.safetensors] expected weights in F32, F16 or BF16: other quantised weights are"
                + " not read, and score otherwise; take the model that they were made from, found "
                + found);
  }
}
