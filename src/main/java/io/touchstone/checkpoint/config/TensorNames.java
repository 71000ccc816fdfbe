package io.touchstone.checkpoint.config;

/**
 * The names of a model's tensors, as transformers gives them.
 *
 * @param embeddings the table of a row per token id
 * @param finalNorm behind the last layer
 * @param layers what the names of layers' tensors begin with, before the layer's number
 * @param matrices where they stand in a layer
 */
public record TensorNames(
    String embeddings, String finalNorm, String layers, LayerMatrices matrices) {

  /** Llama's. */
  public static TensorNames of(DecoderSizes sizes) {
    return in("model.", sizes);
  }

  /** The same with another name of the model that they stand in. */
  public static TensorNames in(String model, DecoderSizes sizes) {
    return new TensorNames(
        model + "embed_tokens.weight",
        model + "norm.weight",
        model + "layers.",
        LayerMatrices.of(sizes));
  }

  /** What the names of a layer's tensors begin with. */
  public String layer(int number) {
    return layers + number + ".";
  }
}
