package io.touchstone.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.touchstone.checkpoint.config.AttentionBias;
import io.touchstone.checkpoint.config.DecoderConfig;
import io.touchstone.checkpoint.config.Family;
import io.touchstone.checkpoint.config.Fields;
import io.touchstone.checkpoint.config.ModelConfig;
import io.touchstone.checkpoint.config.Rotary;
import io.touchstone.checkpoint.config.SlidingWindow;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Pins what transformers 5.23.0 takes where {@code config.json} says nothing. */
final class DecoderDefaultsTest {
  private static final Rotary ROTARY = new Rotary.Default(10_000);

  @Test
  void ofLlama() {
    assertThat(read("LlamaForCausalLM", ""))
        .isEqualTo(
            new DecoderConfig(
                Family.LLAMA,
                4096,
                11008,
                32,
                32,
                32,
                128,
                32000,
                1e-6,
                AttentionBias.NONE,
                false,
                false,
                false,
                ROTARY,
                2048,
                SlidingWindow.NONE));
  }

  @Test
  void ofMistral() {
    assertThat(read("MistralForCausalLM", ", \"sliding_window\": null"))
        .isEqualTo(
            new DecoderConfig(
                Family.MISTRAL,
                4096,
                14336,
                32,
                32,
                8,
                128,
                32000,
                1e-6,
                AttentionBias.NONE,
                false,
                false,
                false,
                ROTARY,
                131072,
                SlidingWindow.NONE));
  }

  @Test
  void ofQwen2() {
    assertThat(read("Qwen2ForCausalLM", ""))
        .isEqualTo(
            new DecoderConfig(
                Family.QWEN2,
                4096,
                22016,
                32,
                32,
                32,
                128,
                151936,
                1e-6,
                new AttentionBias(true, true, true, false),
                false,
                false,
                false,
                ROTARY,
                32768,
                SlidingWindow.NONE));
  }

  @Test
  void ofQwen3() {
    assertThat(
            read(
                "Qwen3ForCausalLM",
                ", \"hidden_size\": 1024, \"num_attention_heads\": 16"
                    + ", \"num_key_value_heads\": 8"))
        .isEqualTo(
            new DecoderConfig(
                Family.QWEN3,
                1024,
                22016,
                32,
                16,
                8,
                128,
                151936,
                1e-6,
                AttentionBias.NONE,
                false,
                true,
                false,
                ROTARY,
                32768,
                SlidingWindow.NONE));
  }

  @Test
  void haveAKeyValueHeadPerHeadWhereNull() {
    for (String architecture :
        new String[] {"LlamaForCausalLM", "Qwen2ForCausalLM", "Qwen3ForCausalLM"}) {
      DecoderConfig decoder =
          read(architecture, ", \"num_attention_heads\": 16, \"num_key_value_heads\": null");
      assertThat(decoder.kvHeads()).isEqualTo(16);
    }
  }

  @Test
  void deriveHeadDimWhereNull() {
    DecoderConfig decoder =
        read("LlamaForCausalLM", ", \"num_attention_heads\": 64, \"head_dim\": null");
    assertThat(decoder.headDim()).isEqualTo(64);
  }

  private static DecoderConfig read(String architecture, String more) {
    String type = architecture.replaceAll("For.*", "").toLowerCase(Locale.ROOT);
    ObjectNode json =
        TestJson.object(
            "{\"architectures\": [\"%s\"], \"model_type\": \"%s\"%s}"
                .formatted(architecture, type, more));
    Problems problems = new Problems();
    ModelConfig config =
        ModelConfig.read(Fields.of(json, Problem.in("config.json"), problems)).orElseThrow();
    assertThat(problems.found()).isEmpty();
    return config.decoder();
  }
}
