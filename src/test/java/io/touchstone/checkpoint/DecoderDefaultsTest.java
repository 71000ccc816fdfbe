package io.touchstone.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.touchstone.checkpoint.config.Activation;
import io.touchstone.checkpoint.config.Attention;
import io.touchstone.checkpoint.config.AttentionBias;
import io.touchstone.checkpoint.config.DecoderConfig;
import io.touchstone.checkpoint.config.DecoderSizes;
import io.touchstone.checkpoint.config.Factors;
import io.touchstone.checkpoint.config.Fields;
import io.touchstone.checkpoint.config.HeadNorms;
import io.touchstone.checkpoint.config.Mlp;
import io.touchstone.checkpoint.config.Norms;
import io.touchstone.checkpoint.config.Rotary;
import io.touchstone.checkpoint.config.RotaryLayers;
import io.touchstone.checkpoint.config.SlidingWindow;
import io.touchstone.checkpoint.config.TensorNames;
import io.touchstone.checkpoint.family.ModelConfig;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Pins what transformers 5.23.0 takes where {@code config.json} says nothing. */
final class DecoderDefaultsTest {
  private static final Rotary ROTARY = new Rotary.Default(10_000);

  @Test
  void ofLlama() {
    assertThat(read("LlamaForCausalLM", ""))
        .isEqualTo(decoder(new DecoderSizes(4096, 11008, 32, 32, 32, 128, 32000, 2048)));
  }

  @Test
  void ofMistral() {
    assertThat(read("MistralForCausalLM", ", \"sliding_window\": null"))
        .isEqualTo(decoder(new DecoderSizes(4096, 14336, 32, 32, 8, 128, 32000, 131072)));
  }

  @Test
  void ofQwen2() {
    DecoderConfig decoder = decoder(new DecoderSizes(4096, 22016, 32, 32, 32, 128, 151936, 32768));
    assertThat(read("Qwen2ForCausalLM", ""))
        .isEqualTo(
            decoder.with(decoder.attention().with(new AttentionBias(true, true, true, false))));
  }

  @Test
  void ofQwen3() {
    DecoderConfig decoder = decoder(new DecoderSizes(1024, 22016, 32, 16, 8, 128, 151936, 32768));
    assertThat(
            read(
                "Qwen3ForCausalLM",
                ", \"hidden_size\": 1024, \"num_attention_heads\": 16"
                    + ", \"num_key_value_heads\": 8"))
        .isEqualTo(
            decoder.with(
                decoder
                    .attention()
                    .with(
                        new HeadNorms(
                            "self_attn.q_norm", "self_attn.k_norm", HeadNorms.Extent.HEAD))));
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

  private static DecoderConfig decoder(DecoderSizes sizes) {
    return new DecoderConfig(
        sizes,
        false,
        new Norms(
            Norms.Kind.RMS,
            1e-6,
            Optional.of("input_layernorm"),
            Optional.empty(),
            Optional.of("post_attention_layernorm"),
            Optional.empty()),
        new Attention(AttentionBias.NONE, Optional.empty(), Math.sqrt(128), 0, SlidingWindow.NONE),
        new Mlp(Activation.SILU, true, false),
        new RotaryLayers(ROTARY, ROTARY, 128),
        new Factors(1, 1, 1, 0),
        TensorNames.of(sizes),
        Optional.empty());
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
