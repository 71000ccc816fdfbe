package io.touchstone.checkpoint.config;

/**
 * The names of a model's tensors, as transformers gives them.
 *
 * @param embeddings the table of a row per token id
 * @param finalNorm behind the last layer
 * @param layer where matrices stand in a layer, whose names begin with {@link #layer(int)}
 */
public record TensorNames(String embeddings, String finalNorm, LayerMatrices layer) {

  /** Llama's. */
  public static TensorNames of(DecoderSizes sizes) {
    return new TensorNames(
        "model.embed_tokens.weight", "model.norm.weight", LayerMatrices.of(sizes));
  }

  /** What the names of all layers' tensors begin with. */
  public static final String LAYERS = "model.layers.";

  /** What the names of a layer's tensors begin with. */
  public static String layer(int number) {
    return LAYERS + number + ".";
  }
}
