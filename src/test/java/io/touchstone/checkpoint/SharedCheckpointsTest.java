package io.touchstone.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.touchstone.checkpoint.config.RewardHead;
import io.touchstone.checkpoint.config.Rotary;
import io.touchstone.checkpoint.safetensors.DType;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Opens the checkpoints that transformers wrote, where they are at hand. */
final class SharedCheckpointsTest {
  private static final String PROPERTY = "touchstone.fixtures";

  @ParameterizedTest
  @CsvSource({
    "llama-reward, LlamaForCausalLM, 3, BF16, 30",
    "llama-tied-sharded, LlamaForCausalLM, 3, F32, 29",
    "llama-attributes, LlamaForSequenceClassification, 2, BF16, 21",
    "llama-classifier, LlamaForSequenceClassification, 2, BF16, 29",
    "qwen2-causal, Qwen2ForCausalLM, 3, BF16, 39",
    "qwen3-causal, Qwen3ForCausalLM, 3, BF16, 36",
    "qwen3-classifier, Qwen3ForSequenceClassification, 2, BF16, 25",
  })
  void opens(String name, String architecture, int layers, DType dtype, int tensors) {
    Checkpoint checkpoint = open(name);
    assertThat(checkpoint.architecture()).isEqualTo(architecture);
    assertThat(checkpoint.decoder().layers()).isEqualTo(layers);
    assertThat(checkpoint.tensors()).hasSize(tensors);
    assertThat(checkpoint.tensors().values()).allMatch(tensor -> tensor.dtype() == dtype);
    assertThat(checkpoint.chatTemplate()).get().asString().contains("message", "role");
    assertThat(checkpoint.tokenizer().templateTokens()).containsEntry("pad_token", "<|endoftext|>");
    assertThat(checkpoint.tokenizer().specialTexts())
        .hasSize(11)
        .contains("<extra_id_2>", "<|im_end|>");
    assertThat(checkpoint.decoder().maxPositionEmbeddings()).isEqualTo(131_072);
  }

  @ParameterizedTest
  @CsvSource({"llama-reward", "llama-attributes", "llama-classifier"})
  void readsLlama3RotaryInBothStyles(String name) {
    assertThat(open(name).decoder().rotary().full())
        .isEqualTo(new Rotary.Llama3(500_000, 8, 1, 4, 64));
  }

  @ParameterizedTest
  @CsvSource({"llama-tied-sharded, 10000", "qwen2-causal, 1000000", "qwen3-classifier, 1000000"})
  void readsDefaultRotaryInBothStyles(String name, double theta) {
    assertThat(open(name).decoder().rotary().full()).isEqualTo(new Rotary.Default(theta));
  }

  @ParameterizedTest
  @CsvSource({"llama-reward, lm_head.weight", "llama-tied-sharded, model.embed_tokens.weight"})
  void findsTheHeadOfTheLanguageModel(String name, String tensor) {
    assertThat(open(name).head()).isEqualTo(new RewardHead.TokenLogit(tensor));
  }

  @ParameterizedTest
  @CsvSource({
    "llama-attributes, 5, 'helpfulness correctness coherence complexity verbosity'",
    "llama-classifier, 1, ''",
    "qwen3-classifier, 1, ''"
  })
  void findsTheClassifier(String name, int outputs, String labels) {
    List<String> names = labels.isEmpty() ? List.of() : List.of(labels.split(" "));
    assertThat(open(name).head())
        .isEqualTo(new RewardHead.Classifier(outputs, names, OptionalInt.of(1018)));
  }

  private static Checkpoint open(String name) {
    String fixtures = System.getProperty(PROPERTY);
    assumeTrue(fixtures != null, () -> PROPERTY + " is not set: no shared checkpoints");
    return Checkpoint.open(Path.of(fixtures, "models", name));
  }
}
