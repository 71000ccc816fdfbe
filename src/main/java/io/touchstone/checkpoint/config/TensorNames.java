package io.touchstone.checkpoint.config;

import java.util.Optional;

/**
 * The names of a model's tensors, as transformers gives them.
 *
 * @param embeddings the table of a row per token id
 * @param finalNorm behind the last layer
 * @param layers what the names of layers' tensors begin with, before the layer's number
 * @param matrices where they stand in a layer
 * @param positions the table of a row per position that is added to the embeddings, where there is
 *     one
 */
public record TensorNames(
    String embeddings,
    String finalNorm,
    String layers,
    LayerMatrices matrices,
    Optional<String> positions) {

  /** Of a model that does not learn positions. */
  public TensorNames(String embeddings, String finalNorm, String layers, LayerMatrices matrices) {
    this(embeddings, finalNorm, layers, matrices, Optional.empty());
  }

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

  /** The same with matrices that are stored in another way. */
  public TensorNames with(LayerMatrices others) {
    return new TensorNames(embeddings, finalNorm, layers, others, positions);
  }

  /** What the names of all tensors but the head's begin with. */
  public String model() {
    return embeddings.substring(0, embeddings.indexOf('.') + 1);
  }

  /** What the names of a layer's tensors begin with. */
  public String layer(int number) {
    return layers + number + ".";
  }
}
