package io.touchstone.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.touchstone.checkpoint.config.DecoderConfig;
import io.touchstone.checkpoint.config.HybridLayers;
import io.touchstone.checkpoint.config.Mixer;
import io.touchstone.checkpoint.config.Rotary;
import io.touchstone.problem.Refused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders of {@code nemotron_h}: what their configuration says, and what it may not say. */
final class HybridFolderTest {
  private static final Path REFERENCES = Path.of("src/test/resources/references");

  private static final List<Mixer> PATTERN =
      List.of(
          Mixer.MAMBA, Mixer.MLP, Mixer.MAMBA, Mixer.ATTENTION, Mixer.MLP, Mixer.MAMBA, Mixer.MLP);

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
          .build();

  @TempDir private Path folder;

  @BeforeEach
  void copy() throws IOException {
    try (Stream<Path> files = Files.list(REFERENCES.resolve("nemotron-causal"))) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
  }

  @Test
  void isReadAsPublished() {
    DecoderConfig decoder = Checkpoint.open(folder).decoder();
    assertThat(decoder.names().embeddings()).isEqualTo("model.embeddings.weight");
    assertThat(decoder.layers()).isEqualTo(7);
    assertThat(decoder.norms().eps()).isEqualTo(1e-5);
    assertThat(decoder.headDim()).isEqualTo(16);
    assertThat(decoder.rotary().full()).isEqualTo(new Rotary.None());
    assertThat(decoder.attendingLayers()).isEqualTo(1);
    assertThat(decoder.hybrid())
        .hasValue(
            new HybridLayers(PATTERN, new HybridLayers.Mamba(8, 8, 2, 16, 4, false, true, 0.001)));
  }

  @Test
  void isReadAsTransformersWritesIt() {
    DecoderConfig decoder = Checkpoint.open(REFERENCES.resolve("nemotron-shapes")).decoder();
    assertThat(decoder.mlp().bias()).isTrue();
    assertThat(decoder.hybrid())
        .hasValue(
            new HybridLayers(
                List.of(Mixer.ATTENTION, Mixer.MAMBA, Mixer.MAMBA, Mixer.MLP, Mixer.MAMBA),
                new HybridLayers.Mamba(12, 6, 4, 10, 3, true, false, 0.001)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"layers_block_type", "layer_types"})
  void namesItsLayersInThreeWays(String key) throws IOException {
    String old = "[\"mamba\", \"mlp\", \"mamba\", \"attention\", \"mlp\", \"mamba\", \"mlp\"]";
    set("hybrid_override_pattern", null);
    set(key, old);
    assertThat(Checkpoint.open(folder).decoder().hybrid().orElseThrow().mixers())
        .isEqualTo(PATTERN);
    set(key, old.replace("mamba", "linear_attention").replace("\"attention", "\"full_attention"));
    assertThat(Checkpoint.open(folder).decoder().hybrid().orElseThrow().mixers())
        .isEqualTo(PATTERN);
  }

  @Test
  void countsItsLayersByTheirKinds() throws IOException {
    set("num_hidden_layers", "52");
    assertThat(Checkpoint.open(folder).decoder().layers()).isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "hybrid_override_pattern | \"M-ME-M-\" | hybrid_override_pattern: expected M, * and - only, as layers of a mixture of experts are not supported, found E, a mixture of experts, in layer 3",
        "hybrid_override_pattern | \"M-M*-Mx\" | hybrid_override_pattern: expected M, * and - only, as layers of a mixture of experts are not supported, found x in layer 6",
        "hybrid_override_pattern | \"\" | hybrid_override_pattern: expected a letter for each of 1 to 10000 layers, found \"\"",
        "hybrid_override_pattern | 7 | hybrid_override_pattern: expected M, * and - only, as layers of a mixture of experts are not supported, found 7 in layer 0",
        "hybrid_override_pattern | null | hybrid_override_pattern: expected the kinds of the layers, there or in layers_block_type, found none",
        "layers_block_type | [\"mamba\", \"moe\"] | layers_block_type: expected mamba, attention and mlp only, as layers of a mixture of experts are not supported, found moe, a mixture of experts, in layer 1",
        "layer_types | [] | layer_types: expected a word for each of 1 to 10000 layers, found a list of 0",
        "mamba_num_heads | 0 | mamba_num_heads: expected an integer from 1 to 1048576, found 0",
        "conv_kernel | 65 | conv_kernel: expected an integer from 1 to 64, found 65",
        "n_groups | 3 | n_groups: expected a divisor of the 8 Mamba heads, found 3",
        "mlp_hidden_act | \"silu\" | mlp_hidden_act: expected relu2, found \"silu\"",
        "mamba_hidden_act | \"relu\" | mamba_hidden_act: expected silu, found \"relu\"",
        "rms_norm_eps | 1e-06 | rms_norm_eps: expected the layer_norm_epsilon of 1.0E-5, found 1.0E-6",
        "attention_head_dim | 32 | attention_head_dim: expected the head_dim of 16, found 32",
        "time_step_limit | [0.001, 0.1] | time_step_limit: expected [0.0, Infinity], found [0.001,0.1]",
        "time_step_limit | [0.0, NaN] | time_step_limit: expected [0.0, Infinity], found [0.0,\"NaN\"]",
        "time_step_limit | [-Infinity, Infinity] | time_step_limit: expected [0.0, Infinity], found [\"-Infinity\",\"Infinity\"]",
        "time_step_limit | [0.0, \"Infinity\"] | time_step_limit: expected [0.0, Infinity], found [0.0,\"Infinity\"]",
        "time_step_min | -1 | time_step_min: expected a positive number, found -1",
        "attention_bias | true | attention_bias: expected false, as transformers 5.23 takes it whatever stands here, found true",
        "mamba_proj_bias | true | mamba_proj_bias: expected false, as transformers 5.23 takes it whatever stands here, found true",
        "tie_word_embeddings | true | tie_word_embeddings: expected false, as transformers 5.23 takes it whatever stands here, found true",
        "sliding_window | 128 | sliding_window: expected null, as transformers 5.23 takes it, found 128",
        "mamba_ssm_cache_dtype | \"bfloat16\" | mamba_ssm_cache_dtype: expected float32, found \"bfloat16\"",
      })
  void refuses(String key, String value, String problem) throws IOException {
    set(key, value);
    assertThat(problems()).contains("[config.json] " + problem);
  }

  @Test
  void refusesTwoNamesThatDoNotAgree() throws IOException {
    set("layers_block_type", "[\"mamba\"]");
    assertThat(problems())
        .contains(
            "[config.json] hybrid_override_pattern: expected the layers of layers_block_type, found"
                + " others");
  }

  @Test
  void takesInfinityForAnUpperLimitAloneOfAllNumbers() throws IOException {
    set("layer_norm_epsilon", "Infinity");
    assertThat(problems()).hasSize(1);
    assertThat(problems().get(0))
        .startsWith("[config.json] expected JSON, found at line")
        .contains("Non-standard token 'Infinity'");
    String other = Files.readString(folder.resolve("config.json"));
    Files.writeString(
        folder.resolve("config.json"),
        other.replace("nemotron_h", "llama").replace("NemotronH", "Llama"));
    assertThat(problems().get(0)).contains("Non-standard token 'Infinity'");
  }

  @Test
  void namesTensorsThatAreMissingAndTooMany() throws IOException {
    set("hybrid_override_pattern", "\"M-M*-M*\"");
    assertThat(String.join("\n", problems()))
        .contains("tensor model.layers.6.mixer.q_proj.weight: expected shape [64, 48], found none")
        .contains("tensor backbone.layers.6.mixer.up_proj.weight: expected no such tensor");
  }

  @Test
  void isAnotherModelWithOtherSteps() throws IOException {
    Checkpoint.Reading transformers5 = Checkpoint.Reading.defaults().with(MambaSteps.TRANSFORMERS5);
    assertThat(Checkpoint.open(folder, transformers5).fingerprint())
        .isNotEqualTo(Checkpoint.open(folder).fingerprint());
    Path llama = REFERENCES.resolve("llama-causal");
    assertThat(Checkpoint.open(llama, transformers5).fingerprint())
        .isEqualTo(Checkpoint.open(llama).fingerprint());
  }

  private List<String> problems() {
    return catchThrowableOfType(Refused.class, () -> Checkpoint.open(folder)).problems();
  }

  /** Sets a key of config.json to what Python takes for JSON; removes it for null. */
  private void set(String key, String value) throws IOException {
    Path file = folder.resolve("config.json");
    ObjectNode config = (ObjectNode) JSON.readTree(Files.readString(file));
    if (value == null) {
      config.remove(key);
    } else {
      config.set(key, JSON.readTree(value));
    }
    Files.write(file, JSON.writeValueAsString(config).getBytes(StandardCharsets.UTF_8));
  }
}
