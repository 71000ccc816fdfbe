package io.touchstone.checkpoint.family;

import com.fasterxml.jackson.databind.JsonNode;
import io.touchstone.checkpoint.config.DecoderConfig;
import io.touchstone.checkpoint.config.DecoderReader;
import io.touchstone.checkpoint.config.Fields;
import io.touchstone.checkpoint.config.Refusals;
import io.touchstone.checkpoint.config.RewardHead;
import io.touchstone.problem.Problems;
import java.util.Optional;

/**
 * {@code config.json}, read.
 *
 * @param classifier empty for a causal model, whose head depends on the tensors
 * @param quantised whether it says that weights are: then it is refused, whatever its tensors are
 * @param shapesKnown false when a size was reported, so that no tensor can be held against it
 */
public record ModelConfig(
    Architecture architecture,
    DecoderConfig decoder,
    Optional<RewardHead.Classifier> classifier,
    boolean quantised,
    boolean shapesKnown) {

  public boolean isCausal() {
    return classifier.isEmpty();
  }

  /**
   * Whether an object with numbers that JSON has no way to write is a configuration that has them
   * only where one is expected.
   */
  public static boolean mayHoldInfinities(JsonNode root) {
    return HybridReader.mayHoldInfinities(root);
  }

  /** Empty when the architecture is not one that is known. */
  public static Optional<ModelConfig> read(Fields config) {
    return Architecture.read(config).map(architecture -> read(config, architecture));
  }

  private static ModelConfig read(Fields config, Architecture architecture) {
    Problems ofSizes = new Problems();
    Fields sizes = config.with(ofSizes);
    Family family = architecture.family();
    DecoderConfig decoder =
        family.read(new DecoderReader(family.ofDecoder(sizes), family.ofDecoder(config)));
    Optional<RewardHead.Classifier> classifier =
        architecture.head().read(family.ofHead(sizes), decoder);
    config.problems().addAll(ofSizes.found());
    new Refusals(config, family.ofDecoder(config))
        .check(decoder, architecture.head(), family.understood());
    return new ModelConfig(
        architecture, decoder, classifier, config.given("quantization_config"), ofSizes.isEmpty());
  }
}
