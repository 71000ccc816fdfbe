package io.touchstone.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalInt;

/**
 * The window of keys that a token sees, itself included, in the layers that slide: of transformers
 * 5.23.0, where Mistral slides unless told not to, Qwen from a layer on if told to. No row of at
 * most as many tokens notices it.
 */
record SlidingWindow(Fields config) {
  private static final int DEFAULT = 4096;
  private static final int FIRST_LAYER = 28;

  /** Empty where no layer slides. */
  OptionalInt read(DecoderConfig decoder) {
    return switch (decoder.family()) {
      case LLAMA -> OptionalInt.empty();
      case MISTRAL -> size();
      case QWEN2, QWEN3 ->
          config.flag("use_sliding_window") && slides(decoder) ? size() : OptionalInt.empty();
    };
  }

  private OptionalInt size() {
    if (!config.has("sliding_window")) {
      return OptionalInt.of(DEFAULT);
    }
    return config.given("sliding_window")
        ? config.countUpTo("sliding_window", Integer.MAX_VALUE)
        : OptionalInt.empty();
  }

  private boolean slides(DecoderConfig decoder) {
    if (!config.given("layer_types")) {
      return config.get("max_window_layers").asInt(FIRST_LAYER) < decoder.layers();
    }
    for (JsonNode type : config.get("layer_types")) {
      if (type.asText().equals("sliding_attention")) {
        return true;
      }
    }
    return false;
  }
}
