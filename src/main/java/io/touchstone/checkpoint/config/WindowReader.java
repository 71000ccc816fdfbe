package io.touchstone.checkpoint.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Reads {@link SlidingWindow}s as transformers 5.23.0 does.
 *
 * @param config whose problems are those of the sizes
 * @param layers of the decoder
 */
public record WindowReader(Fields config, int layers) {
  private static final int DEFAULT = 4096;
  private static final int FIRST_LAYER = 28;
  private static final String LAYER_TYPES = "layer_types";

  /** In the layers that slide, unless the configuration says that none does. */
  public SlidingWindow in(IntPredicate slides) {
    return in(slides, DEFAULT);
  }

  /**
   * @param absent tokens where the configuration has none
   */
  public SlidingWindow in(IntPredicate slides, int absent) {
    Set<Integer> sliding =
        IntStream.range(0, layers).filter(slides).boxed().collect(Collectors.toSet());
    OptionalInt tokens = sliding.isEmpty() ? OptionalInt.empty() : tokens(absent);
    return tokens.isEmpty() ? SlidingWindow.NONE : new SlidingWindow(tokens.getAsInt(), sliding);
  }

  /** In the layers that slide, whatever their number of tokens: a model that has no null there. */
  public SlidingWindow always(IntPredicate slides) {
    String key = "sliding_window";
    if (config.has(key) && !config.given(key)) {
      config.expected(key, "an integer from 1 to " + Integer.MAX_VALUE);
    }
    return in(slides);
  }

  private OptionalInt tokens(int absent) {
    if (!config.has("sliding_window")) {
      return OptionalInt.of(absent);
    }
    return config.given("sliding_window")
        ? config.countUpTo("sliding_window", Integer.MAX_VALUE)
        : OptionalInt.empty();
  }

  /** If it is told to, in the layers that are named, else from {@code max_window_layers} on. */
  public SlidingWindow ofQwen() {
    return config.flag("use_sliding_window")
        ? in(named(layer -> layer >= config.get("max_window_layers").asInt(FIRST_LAYER)))
        : SlidingWindow.NONE;
  }

  /**
   * The layers that {@code layer_types} says slide.
   *
   * @param otherwise those that do where there is no such list
   */
  public IntPredicate named(IntPredicate otherwise) {
    JsonNode types = config.get(LAYER_TYPES);
    return config.given(LAYER_TYPES)
        ? layer -> types.path(layer).asText().equals("sliding_attention")
        : otherwise;
  }
}
