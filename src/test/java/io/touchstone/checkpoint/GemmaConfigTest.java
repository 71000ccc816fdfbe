package io.touchstone.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.touchstone.checkpoint.config.Activation;
import io.touchstone.checkpoint.config.DecoderConfig;
import io.touchstone.checkpoint.config.Fields;
import io.touchstone.checkpoint.config.Rotary;
import io.touchstone.checkpoint.config.RotaryLayers;
import io.touchstone.checkpoint.config.SlidingWindow;
import io.touchstone.checkpoint.family.ModelConfig;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How Gemmas say what they are, in files of 2024 and of 2026, and what is refused of them. */
final class GemmaConfigTest {
  private final Problems problems = new Problems();

  @Test
  void takesTheOldGeluForTheOneByTanhInGemmaAlone() {
    assertThat(read("gemma", "'hidden_act': 'gelu'").mlp().activation())
        .isEqualTo(Activation.GELU_TANH);
    assertThat(read("gemma2", "'hidden_activation': 'gelu', 'hidden_act': 'silu'").mlp())
        .extracting("activation")
        .isEqualTo(Activation.GELU);
    assertThat(problems.found()).isEmpty();
  }

  @Test
  void readsWindowsByNameOrByTheirPattern() {
    SlidingWindow expected = new SlidingWindow(512, Set.of(0, 1, 3));
    assertThat(read("gemma3_text", "'sliding_window': 512, 'sliding_window_pattern': 3").window())
        .isEqualTo(expected);
    String named =
        "'sliding_window': 512, 'layer_types': ['sliding_attention', 'sliding_attention',"
            + " 'full_attention', 'sliding_attention']";
    assertThat(read("gemma3_text", named).window()).isEqualTo(expected);
    assertThat(read("gemma2", named).window()).isEqualTo(expected);
    assertThat(read("gemma2", "'sliding_window': 512").window())
        .isEqualTo(new SlidingWindow(512, Set.of(0, 2)));
    assertThat(problems.found()).isEmpty();
  }

  @Test
  void scalesTheAnglesOfLayersWithoutAWindowAlone() {
    RotaryLayers expected =
        new RotaryLayers(new Rotary.Linear(2e6, 8), new Rotary.Default(5_000), 256);
    assertThat(
            read(
                    "gemma3_text",
                    "'rope_theta': 2000000, 'rope_local_base_freq': 5000,"
                        + " 'rope_scaling': {'rope_type': 'linear', 'factor': 8}")
                .rotary())
        .isEqualTo(expected);
    DecoderConfig decoder =
        read(
            "gemma3_text",
            "'rope_parameters': {'full_attention': {'rope_type': 'linear', 'factor': 8,"
                + " 'rope_theta': 2000000}, 'sliding_attention': {'rope_type': 'default',"
                + " 'rope_theta': 5000}}");
    assertThat(decoder.rotary()).isEqualTo(expected);
    assertThat(decoder.rotary(0)).isEqualTo(new Rotary.Default(5_000));
    assertThat(problems.found()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "gemma | 'hidden_act': 'relu' | hidden_act: expected gelu_pytorch_tanh or gelu or silu, found relu",
        "gemma | 'attn_logit_softcapping': 50.0 | attn_logit_softcapping: expected none, as it is not supported, found 50.0",
        "gemma2 | 'use_bidirectional_attention': true | use_bidirectional_attention: expected false, as queries look only at what comes before them, found true",
        "gemma2 | 'attn_logit_softcapping': 100.0 | attn_logit_softcapping: expected at most 64.0, found 100.0",
        "gemma2 | 'final_logit_softcapping': 0 | final_logit_softcapping: expected a positive number, found 0",
        "gemma2 | 'sliding_window': null | sliding_window: expected an integer from 1 to 2147483647, found null",
        "gemma3_text | 'rope_parameters': {'rope_type': 'default'} | rope_parameters.rope_type: expected settings of full_attention and sliding_attention, found \"default\"",
        "gemma3_text | 'rope_scaling': {'rope_type': 'dynamic', 'factor': 2} | rope_scaling.rope_type: expected one that does not follow the length of the row, as there are two, found dynamic",
      })
  void refuses(String type, String setting, String problem) {
    read(type, setting);
    assertThat(problems.found()).isEqualTo(List.of("[config.json] " + problem));
  }

  private DecoderConfig read(String type, String settings) {
    String name =
        type.equals("gemma3_text") ? "Gemma3" : type.equals("gemma2") ? "Gemma2" : "Gemma";
    ObjectNode json =
        TestJson.object(
            "{'architectures': ['%sForCausalLM'], 'model_type': '%s', 'num_hidden_layers': 4, %s}"
                .formatted(name, type, settings)
                .replace('\'', '"'));
    return ModelConfig.read(Fields.of(json, Problem.in("config.json"), problems))
        .orElseThrow()
        .decoder();
  }
}
