package io.touchstone.checkpoint.encoder;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * The shape and arithmetic of an encoder, as transformers 5.23.0 would build it from {@code
 * config.json}: a family is what this says, and nothing besides.
 *
 * @param architecture its class, as the configuration names it or as it is told without a name
 * @param base what the names of its tensors begin with, those of the head aside
 * @param vocabSize rows of the embedding
 * @param eps of the norms
 * @param order of a layer's norms
 * @param inner of the MLP
 * @param convolution beside the first layer
 * @param finalNorm the name of a norm behind the last layer
 * @param mostTokens of a row; empty where the model has no limit
 */
public record EncoderConfig(
    String architecture,
    String base,
    int hiddenSize,
    int intermediateSize,
    int layers,
    int heads,
    int vocabSize,
    double eps,
    Order order,
    Inner inner,
    Biases biases,
    Embedding embedding,
    LayerNames names,
    Sight sight,
    Optional<Convolution> convolution,
    Optional<String> finalNorm,
    EncoderHead head,
    OptionalInt mostTokens) {

  /** Within a layer, a projection of distances' embeddings that takes the place of the keys'. */
  public static final String DISTANCE_KEYS = "attention.self.pos_key_proj";

  /** The one in the place of the queries'. */
  public static final String DISTANCE_QUERIES = "attention.self.pos_query_proj";

  /** Where the norms of a layer stand. */
  public enum Order {
    /** Behind what is added, over the sum. */
    NORM_LAST,
    /** In front of attention and MLP; the first layer has none in front of its attention. */
    NORM_FIRST
  }

  /**
   * @param gated whether the first half of what comes up is multiplied by the second
   */
  public record Inner(Activation activation, boolean gated) {

    /** How many times its size comes up. */
    public int parts() {
      return gated ? 2 : 1;
    }
  }

  /** What has a bias. */
  public record Biases(boolean attention, boolean mlp, boolean norms) {

    /** Where everything has one. */
    public static final Biases ALL = new Biases(true, true, true);
  }

  /**
   * A convolution over the first layer's input, whose result is added to its output, with a norm
   * behind.
   *
   * @param kernel odd
   */
  public record Convolution(
      String name, String norm, int kernel, int groups, Activation activation) {}

  public int headDim() {
    return hiddenSize / heads;
  }

  /** Whether a layer's attention has a norm of its own in front, or one behind. */
  public boolean hasAttentionNorm(int layer) {
    return order == Order.NORM_LAST || layer > 0;
  }

  /** The embedding of distances, where they have one. */
  public String distances() {
    return base + "encoder.rel_embeddings.weight";
  }

  /** The norm of these, without {@code .weight}. */
  public String distancesNorm() {
    return base + "encoder.LayerNorm";
  }
}
