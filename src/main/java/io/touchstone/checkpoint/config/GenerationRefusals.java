package io.touchstone.checkpoint.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Settings that would make other tokens of a model than this program does. */
record GenerationRefusals(Fields config) {
  /** Modes and rules that are not there, with the values that turn them off beside null. */
  private static final Map<String, List<String>> NOT_SUPPORTED =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("num_beams", List.of("1")),
              Map.entry("num_beam_groups", List.of("1")),
              Map.entry("penalty_alpha", List.of("0", "0.0")),
              Map.entry("constraints", List.of()),
              Map.entry("force_words_ids", List.of()),
              Map.entry("dola_layers", List.of()),
              Map.entry("guidance_scale", List.of("1", "1.0")),
              Map.entry("watermarking_config", List.of()),
              Map.entry("encoder_repetition_penalty", List.of("1", "1.0")),
              Map.entry("encoder_no_repeat_ngram_size", List.of("0")),
              Map.entry("token_healing", List.of("false")),
              Map.entry("max_time", List.of())));

  /** What transformers has own values for, but {@code use_cache}, which decides no token. */
  private static final List<String> OF_GENERATION =
      List.of(
          "max_length",
          "min_length",
          "do_sample",
          "early_stopping",
          "num_beams",
          "temperature",
          "top_k",
          "top_p",
          "typical_p",
          "repetition_penalty",
          "length_penalty",
          "no_repeat_ngram_size",
          "encoder_no_repeat_ngram_size",
          "bad_words_ids",
          "num_return_sequences",
          "output_scores",
          "return_dict_in_generate",
          "forced_bos_token_id",
          "forced_eos_token_id",
          "remove_invalid_values",
          "exponential_decay_length_penalty",
          "suppress_tokens",
          "begin_suppress_tokens",
          "epsilon_cutoff",
          "eta_cutoff",
          "encoder_repetition_penalty",
          "num_assistant_tokens",
          "num_assistant_tokens_schedule",
          "assistant_confidence_threshold",
          "assistant_lookbehind",
          "target_lookbehind",
          "num_beam_groups",
          "diversity_penalty");

  void check() {
    NOT_SUPPORTED.forEach(
        (key, off) -> {
          JsonNode value = config.get(key);
          if (config.given(key) && !off.contains(value.asText())) {
            config.expected(
                key,
                off.isEmpty()
                    ? "none, as it is not supported"
                    : off.get(0) + ", as nothing else is supported");
          }
        });
    if (config.get("cache_implementation").asText().equals("quantized")) {
      config.expected("cache_implementation", "one that keeps keys and values as they are");
    }
  }

  /** Of a folder without {@code generation_config.json}: transformers 5.23.0 fails on them. */
  void checkModel() {
    for (String key : OF_GENERATION) {
      if (config.given(key)) {
        config.expected(
            key, "none, as transformers 5.23 takes it from " + GenerationConfig.FILE + " alone");
      }
    }
  }
}
