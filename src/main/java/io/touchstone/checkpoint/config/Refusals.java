package io.touchstone.checkpoint.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.touchstone.problem.Problem;
import java.util.List;
import java.util.Set;

/**
 * Settings of {@code config.json} that ask for an arithmetic which is not there.
 *
 * @param ofDecoder those of the decoder, the same ones in most models
 */
public record Refusals(Fields config, Fields ofDecoder) {
  private static final List<String> NOT_SUPPORTED =
      List.of(
          "transformers_weights",
          "per_layer_config",
          "attn_logit_softcapping",
          "final_logit_softcapping",
          "logit_scale",
          "logits_scaling",
          "attention_multiplier",
          "embedding_multiplier",
          "residual_multiplier",
          "num_experts",
          "num_local_experts");

  private static final Set<String> DTYPES = Set.of("float32", "float16", "bfloat16");

  /**
   * @param understood settings that the family reads
   */
  public void check(DecoderConfig decoder, HeadClass head, Set<String> understood) {
    arithmetic(understood);
    if (decoder.hybrid().isEmpty()) {
      code(head);
      layerTypes(decoder);
    }
    storage();
  }

  private void arithmetic(Set<String> understood) {
    if (ofDecoder.given("pretraining_tp") && ofDecoder.get("pretraining_tp").asInt() != 1) {
      ofDecoder.expected("pretraining_tp", "1");
    }
    if (ofDecoder.has("is_causal") && !ofDecoder.get("is_causal").asBoolean()) {
      ofDecoder.expected("is_causal", "true");
    }
    for (String key : NOT_SUPPORTED) {
      if (ofDecoder.given(key) && !understood.contains(key)) {
        ofDecoder.expected(key, "none, as it is not supported");
      }
    }
  }

  /** A class of its own is known: the code that its folder names is not asked for. */
  private void code(HeadClass head) {
    if (config.given("auto_map") && !head.isOfItsOwn()) {
      config.expected(
          "auto_map", "none, as code of a checkpoint is never run", "custom code to be run");
    }
  }

  private void storage() {
    for (String key : List.of("dtype", "torch_dtype")) {
      if (config.given(key) && !DTYPES.contains(config.get(key).asText())) {
        config.expected(key, "float32, float16 or bfloat16");
      }
    }
  }

  private void layerTypes(DecoderConfig decoder) {
    JsonNode types = ofDecoder.get("layer_types");
    if (!ofDecoder.given("layer_types")) {
      return;
    }
    if (!types.isArray() || types.size() != decoder.layers()) {
      ofDecoder.expected("layer_types", "a list of " + decoder.layers() + ", one per layer");
    }
    for (JsonNode type : types) {
      boolean window =
          !decoder.window().layers().isEmpty() && type.asText().equals("sliding_attention");
      if (!window && !type.asText().equals("full_attention")) {
        ofDecoder.expected("layer_types", "only full_attention", Problem.shown(type.asText()));
        return;
      }
    }
  }
}
