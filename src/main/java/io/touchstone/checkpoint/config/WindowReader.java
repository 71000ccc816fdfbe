package io.touchstone.checkpoint.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Reads {@link SlidingWindow} as transformers 5.23.0 does: Mistral slides in all layers unless told
 * not to, Qwen if told to, in those that {@code layer_types} names, else from {@code
 * max_window_layers} on.
 *
 * @param layers of the decoder
 */
record WindowReader(Fields config, Family family, int layers) {
  private static final int DEFAULT = 4096;
  private static final int FIRST_LAYER = 28;
  private static final String LAYER_TYPES = "layer_types";

  SlidingWindow read() {
    return switch (family) {
      case LLAMA, NEMOTRON_H -> SlidingWindow.NONE;
      // layer_types is not looked at there.
      case MISTRAL -> window(layer -> true);
      case QWEN2, QWEN3 ->
          config.flag("use_sliding_window") ? window(this::slides) : SlidingWindow.NONE;
    };
  }

  private SlidingWindow window(IntPredicate slides) {
    Set<Integer> sliding =
        IntStream.range(0, layers).filter(slides).boxed().collect(Collectors.toSet());
    OptionalInt tokens = sliding.isEmpty() ? OptionalInt.empty() : tokens();
    return tokens.isEmpty() ? SlidingWindow.NONE : new SlidingWindow(tokens.getAsInt(), sliding);
  }

  private OptionalInt tokens() {
    if (!config.has("sliding_window")) {
      return OptionalInt.of(DEFAULT);
    }
    return config.given("sliding_window")
        ? config.countUpTo("sliding_window", Integer.MAX_VALUE)
        : OptionalInt.empty();
  }

  private boolean slides(int layer) {
    JsonNode types = config.get(LAYER_TYPES);
    return config.given(LAYER_TYPES)
        ? types.path(layer).asText().equals("sliding_attention")
        : layer >= config.get("max_window_layers").asInt(FIRST_LAYER);
  }
}
