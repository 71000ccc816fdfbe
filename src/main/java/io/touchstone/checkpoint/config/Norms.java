package io.touchstone.checkpoint.config;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The norms of a decoder's layers, where there are any: names in a layer, each of a tensor {@code
 * NAME.weight}, [hidden size]. Those behind a branch norm what it adds to the residual stream.
 *
 * @param kind of these, of the final one and of those of heads
 * @param eps beside the mean square
 */
public record Norms(
    Kind kind,
    double eps,
    Optional<String> beforeAttention,
    Optional<String> afterAttention,
    Optional<String> beforeMlp,
    Optional<String> afterMlp) {

  /** What a norm computes. */
  public enum Kind {
    /** {@code w * x / sqrt(mean(x^2) + eps)}. */
    RMS,
    /** The same with {@code 1 + w} for {@code w}, added in fp32. */
    RMS_ONE_PLUS
  }

  /** As Llama has them: one in front of each branch. */
  public static Norms before(Kind kind, double eps) {
    return new Norms(
        kind,
        eps,
        Optional.of("input_layernorm"),
        Optional.empty(),
        Optional.of("post_attention_layernorm"),
        Optional.empty());
  }

  /** As Gemma-2 has them: one in front of each branch and one behind it. */
  public static Norms around(Kind kind, double eps) {
    return new Norms(
        kind,
        eps,
        Optional.of("input_layernorm"),
        Optional.of("post_attention_layernorm"),
        Optional.of("pre_feedforward_layernorm"),
        Optional.of("post_feedforward_layernorm"));
  }

  /** Those that a layer has. */
  public List<String> names() {
    return Stream.of(beforeAttention, afterAttention, beforeMlp, afterMlp)
        .flatMap(Optional::stream)
        .toList();
  }
}
