package io.touchstone.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.touchstone.checkpoint.config.SlidingWindow;
import io.touchstone.problem.Refused;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code config.json} may not say, and the whole message that it gets. */
final class ConfigRefusalTest {
  private static final String KNOWN =
      "one of LlamaForCausalLM, LlamaForSequenceClassification, MistralForCausalLM,"
          + " MistralForSequenceClassification, Qwen2ForCausalLM, Qwen2ForSequenceClassification,"
          + " Qwen3ForCausalLM, Qwen3ForSequenceClassification, GemmaForCausalLM,"
          + " GemmaForSequenceClassification, Gemma2ForCausalLM, Gemma2ForSequenceClassification,"
          + " Gemma3ForCausalLM, Gemma3TextForSequenceClassification,"
          + " Gemma3ForConditionalGeneration, Gemma3ForSequenceClassification,"
          + " NemotronHForCausalLM, RewardModel,"
          + " LLMForSequenceRegression, GRewardModel, INFORMForSequenceClassification,"
          + " LlamaRewardModel, EurusRewardModel, Qwen2ForRewardModel";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // Sizes.
        "num_hidden_layers | -2 | num_hidden_layers: expected an integer from 1 to 10000, found -2",
        "num_hidden_layers | 10001 | num_hidden_layers: expected an integer from 1 to 10000, found 10001",
        "hidden_size | 2147483648 | hidden_size: expected an integer from 1 to 2147483647, found 2147483648",
        "hidden_size | 8.0 | hidden_size: expected an integer from 1 to 2147483647, found 8.0",
        "intermediate_size | \"12\" | intermediate_size: expected an integer from 1 to 2147483647, found \"12\"",
        "vocab_size | null | vocab_size: expected an integer from 1 to 2147483647, found null",
        "num_attention_heads | 0 | num_attention_heads: expected an integer from 1 to 2147483647, found 0",
        "num_attention_heads | [2] | num_attention_heads: expected an integer from 1 to 2147483647, found a list of 1",
        "num_attention_heads | 99999999999999999999 | num_attention_heads: expected an integer from 1 to 2147483647, found 99999999999999999999",
        "num_key_value_heads | 3 | num_key_value_heads: expected a divisor of the 2 attention heads, found 3",
        "num_key_value_heads | 0 | num_key_value_heads: expected an integer from 1 to 2147483647, found 0",
        "num_key_value_heads | \"1\" | num_key_value_heads: expected an integer from 1 to 2147483647, found \"1\"",
        "head_dim | 5 | head_dim: expected an even number, as rotary embeddings need, found 5",
        "max_position_embeddings | true | max_position_embeddings: expected an integer from 1 to 2147483647, found true",
        "rms_norm_eps | 0 | rms_norm_eps: expected a positive number, found 0",
        "rms_norm_eps | \"1e-5\" | rms_norm_eps: expected a positive number, found \"1e-5\"",
        "tie_word_embeddings | null | tie_word_embeddings: expected true or false, found null",
        "attention_bias | 1 | attention_bias: expected true or false, found 1",
        // Arithmetic that is not there.
        "hidden_act | \"gelu\" | hidden_act: expected silu, found gelu",
        "pretraining_tp | 2 | pretraining_tp: expected 1, found 2",
        "is_causal | false | is_causal: expected true, found false",
        "partial_rotary_factor | 0.5 | partial_rotary_factor: expected 1, found 0.5",
        "attn_logit_softcapping | 50.0 | attn_logit_softcapping: expected none, as it is not supported, found 50.0",
        "final_logit_softcapping | 30.0 | final_logit_softcapping: expected none, as it is not supported, found 30.0",
        "per_layer_config | {} | per_layer_config: expected none, as it is not supported, found an object",
        "num_experts | 8 | num_experts: expected none, as it is not supported, found 8",
        "transformers_weights | \"x.safetensors\" | transformers_weights: expected none, as it is not supported, found \"x.safetensors\"",
        "quantization_config | {\"quant_method\": \"gptq\"} | quantization_config: expected none, as weights are read in F32, F16 or BF16 only, found quant_method \"gptq\"",
        "dtype | \"float8_e4m3fn\" | dtype: expected float32, float16 or bfloat16, found \"float8_e4m3fn\"",
        "torch_dtype | \"int8\" | torch_dtype: expected float32, float16 or bfloat16, found \"int8\"",
        "auto_map | {\"AutoModel\": \"m.M\"} | auto_map: expected none, as code of a checkpoint is never run, found custom code to be run",
        "layer_types | [\"full_attention\"] | layer_types: expected a list of 2, one per layer, found a list of 1",
        "layer_types | [\"full_attention\", \"sliding_attention\"] | layer_types: expected only full_attention, found sliding_attention",
        "model_type | \"qwen2\" | model_type: expected llama as in LlamaForCausalLM, found \"qwen2\"",
        // Rotary embeddings.
        "rope_theta | 0 | rope_theta: expected a positive number, found 0",
        "rope_theta | null | rope_theta: expected a positive number, found null",
        "rope_scaling | {\"rope_type\": \"yarn\"} | rope_scaling.factor: expected a positive number, found none",
        "rope_scaling | {\"type\": \"mrope\", \"factor\": 2.0} | rope_scaling.type: expected default, linear, llama3, yarn, dynamic or longrope, found mrope",
        "rope_scaling | {\"rope_type\": null} | rope_scaling.rope_type: expected default, linear, llama3, yarn, dynamic or longrope, found null",
        "rope_scaling | {\"type\": \"linear\"} | rope_scaling.factor: expected a positive number, found none",
        "rope_scaling | [1] | rope_scaling: expected an object, found a list of 1",
        "rope_parameters | {\"rope_type\": \"proportional\"} | rope_parameters.rope_type: expected default, linear, llama3, yarn, dynamic or longrope, found proportional",
        "rope_parameters | {\"full_attention\": {}} | rope_parameters.full_attention: expected one set of rotary settings for all layers, found an object",
        "rope_parameters | {\"partial_rotary_factor\": 0.25} | rope_parameters.partial_rotary_factor: expected 1, found 0.25",
        "rope_parameters | {\"rope_theta\": -1} | rope_parameters.rope_theta: expected a positive number, found -1",
        "rope_parameters | {\"rope_type\": \"llama3\", \"factor\": 8, \"low_freq_factor\": 4, \"high_freq_factor\": 4} | rope_parameters.high_freq_factor: expected more than low_freq_factor 4.0, found 4.0",
      })
  void refuses(String key, String value, String problem) throws IOException {
    assertThat(problems(CheckpointFolder.of(folder, "LlamaForCausalLM").set(key, value)))
        .containsExactly("[config.json] " + problem);
  }

  @Test
  void namesEveryPartOfLlama3RotaryThatIsMissing() throws IOException {
    assertThat(
            problems(
                CheckpointFolder.of(folder, "LlamaForCausalLM")
                    .set("rope_scaling", "{\"rope_type\": \"llama3\"}")))
        .containsExactly(
            "[config.json] rope_scaling.low_freq_factor: expected a positive number, found none",
            "[config.json] rope_scaling.high_freq_factor: expected a positive number, found none",
            "[config.json] rope_scaling.factor: expected a positive number, found none");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[] | a list of one name | a list of 0",
        "null | a list of one name | null",
        "\"LlamaForCausalLM\" | a list of one name | \"LlamaForCausalLM\"",
        "[\"LlamaForCausalLM\", \"LlamaModel\"] | a list of one name | LlamaForCausalLM, LlamaModel",
      })
  void refusesNoArchitectureAndSeveral(String names, String expected, String found)
      throws IOException {
    assertThat(
            problems(CheckpointFolder.of(folder, "LlamaForCausalLM").set("architectures", names)))
        .containsExactly(
            "[config.json] architectures: expected %s, found %s".formatted(expected, found));
  }

  @ParameterizedTest
  @ValueSource(strings = {"FalconForCausalLM", "LlamaModel", "LlamaForScore"})
  void refusesOtherArchitecturesByName(String name) throws IOException {
    assertThat(
            problems(
                CheckpointFolder.of(folder, "LlamaForCausalLM")
                    .set("architectures", "[\"" + name + "\"]")))
        .containsExactly(
            "[config.json] architectures: expected %s, found %s".formatted(KNOWN, name));
  }

  @Test
  void refusesAHiddenSizeThatHeadsDoNotDivide() throws IOException {
    assertThat(
            problems(
                CheckpointFolder.of(folder, "LlamaForCausalLM")
                    .unset("head_dim")
                    .set("hidden_size", "9")))
        .containsExactly(
            "[config.json] hidden_size: expected a multiple of the 2 attention heads, as head_dim"
                + " is not given, found 9");
  }

  @Test
  void refusesANullHeadDimWhereTransformersDoes() throws IOException {
    assertThat(problems(CheckpointFolder.of(folder, "Qwen3ForCausalLM").set("head_dim", "null")))
        .containsExactly(
            "[config.json] head_dim: expected an integer from 1 to 2147483647, found null");
  }

  @Test
  void refusesNullKeyValueHeadsOfMistralAsTransformersDoes() throws IOException {
    assertThat(
            problems(
                CheckpointFolder.of(folder, "MistralForCausalLM")
                    .set("num_key_value_heads", "null")))
        .containsExactly(
            "[config.json] num_key_value_heads: expected an integer from 1 to 2147483647, found"
                + " null");
  }

  @ParameterizedTest
  @CsvSource({"null, ", "4096, 4096", "512, 512", ", 4096"})
  void readsTheSlidingWindowOfMistral(String value, Integer window) throws IOException {
    CheckpointFolder made = CheckpointFolder.of(folder, "MistralForCausalLM");
    made = value == null ? made.unset("sliding_window") : made.set("sliding_window", value);
    assertThat(Checkpoint.open(made.write()).decoder().window())
        .isEqualTo(window == null ? SlidingWindow.NONE : new SlidingWindow(window, Set.of(0, 1)));
  }

  @Test
  void refusesAWindowThatIsNone() throws IOException {
    assertThat(
            problems(CheckpointFolder.of(folder, "MistralForCausalLM").set("sliding_window", "0")))
        .containsExactly(
            "[config.json] sliding_window: expected an integer from 1 to 2147483647, found 0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "max_window_layers | 1",
        "layer_types | [\"full_attention\", \"sliding_attention\"]",
      })
  void readsTheSlidingWindowOfQwenThatHasLayersInIt(String key, String value) throws IOException {
    CheckpointFolder made =
        CheckpointFolder.of(folder, "Qwen2ForCausalLM")
            .set("use_sliding_window", "true")
            .set("sliding_window", "512")
            .set(key, value);
    assertThat(Checkpoint.open(made.write()).decoder().window())
        .isEqualTo(new SlidingWindow(512, Set.of(1)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "use_sliding_window | false",
        "max_window_layers | 2",
        "sliding_window | null",
        "layer_types | [\"full_attention\", \"full_attention\"]",
      })
  void passesOverASlidingWindowThatNoLayerOfQwenIsIn(String key, String value) throws IOException {
    CheckpointFolder made =
        CheckpointFolder.of(folder, "Qwen3ForCausalLM")
            .set("use_sliding_window", "true")
            .set("max_window_layers", "1")
            .set("sliding_window", "4096")
            .set(key, value);
    assertThat(Checkpoint.open(made.write()).decoder().window()).isEqualTo(SlidingWindow.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "num_labels | 0 | num_labels: expected an integer from 1 to 10000, found 0",
        "id2label | {} | id2label: expected an object of 1 to 10000 names, found an object",
        "id2label | [\"a\"] | id2label: expected an object of 1 to 10000 names, found a list of 1",
        "id2label | {\"1\": \"a\"} | id2label: expected the keys 0 to 0, found 1",
        "id2label | {\"zero\": \"a\"} | id2label: expected the keys 0 to 0, found zero",
        "id2label | {\"0\": 7} | id2label.0: expected a name, found 7",
        "pad_token_id | 16 | pad_token_id: expected null or an id below the vocabulary's 16, found 16",
        "pad_token_id | [15] | pad_token_id: expected null or an id below the vocabulary's 16, found a list of 1",
      })
  void refusesOfAClassifier(String key, String value, String problem) throws IOException {
    assertThat(
            problems(CheckpointFolder.of(folder, "LlamaForSequenceClassification").set(key, value)))
        .containsExactly("[config.json] " + problem);
  }

  @Test
  void refusesTwoOutputsOfOneName() throws IOException {
    assertThat(
            problems(
                CheckpointFolder.of(folder, "LlamaForSequenceClassification")
                    .set("num_labels", "2")
                    .set("id2label", "{\"0\": \"quality\", \"1\": \"quality\"}")))
        .containsExactly("[config.json] id2label: expected names that differ, found quality twice");
  }

  @Test
  void refusesAConfigThatIsNoJsonObject() throws IOException {
    assertThat(problems(CheckpointFolder.of(folder, "LlamaForCausalLM"), "[]"))
        .containsExactly("[config.json] expected a JSON object, found a list of 0");
    assertThat(problems(CheckpointFolder.of(folder, "LlamaForCausalLM"), "{\"a\": }"))
        .containsExactly(
            "[config.json] expected JSON, found at line 1, column 7: Unexpected character ('}'"
                + " (code 125)): expected a value");
    assertThat(problems(CheckpointFolder.of(folder, "LlamaForCausalLM"), ""))
        .containsExactly("[config.json] expected a JSON object, found none");
  }

  @Test
  void keepsControlCharactersAndLongTextsOutOfMessages() throws IOException {
    assertThat(
            problems(
                CheckpointFolder.of(folder, "LlamaForCausalLM")
                    .set("hidden_act", "\"a\\nb" + "c".repeat(200) + "\"")))
        .containsExactly(
            "[config.json] hidden_act: expected silu, found a?b" + "c".repeat(117) + "…");
  }

  private static List<String> problems(CheckpointFolder made) throws IOException {
    made.write();
    return catchThrowableOfType(Refused.class, () -> Checkpoint.open(made.path)).problems();
  }

  private static List<String> problems(CheckpointFolder made, String config) throws IOException {
    made.file("config.json", config).write();
    return catchThrowableOfType(Refused.class, () -> Checkpoint.open(made.path)).problems();
  }
}
