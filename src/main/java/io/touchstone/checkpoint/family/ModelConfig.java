package io.touchstone.checkpoint.family;

import com.fasterxml.jackson.databind.JsonNode;
import io.touchstone.checkpoint.config.DecoderConfig;
import io.touchstone.checkpoint.config.DecoderReader;
import io.touchstone.checkpoint.config.Fields;
import io.touchstone.checkpoint.config.Fp8;
import io.touchstone.checkpoint.config.QuantisationReader;
import io.touchstone.checkpoint.config.Refusals;
import io.touchstone.checkpoint.config.RewardHead;
import io.touchstone.problem.Problems;
import java.util.Optional;

/**
 * {@code config.json}, read.
 *
 * @param classifier empty for a causal model, whose head depends on the tensors
 * @param fp8 how weights are quantised, where it says that they are
 * @param tensorsKnown false when a size or how weights are stored was reported, so that no tensor
 *     can be held against it
 */
public record ModelConfig(
    Architecture architecture,
    DecoderConfig decoder,
    Optional<RewardHead.Classifier> classifier,
    Optional<Fp8> fp8,
    boolean tensorsKnown) {

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
    Problems ofStorage = new Problems();
    Optional<Fp8> fp8 = new QuantisationReader(config.with(ofStorage)).read();
    if (fp8.isPresent() && decoder.hybrid().isPresent()) {
      ofStorage.add(
          config
              .place()
              .field(QuantisationReader.KEY)
              .expected("none of a model whose layers are of kinds")
              .found(fp8.get().method()));
    }
    config.problems().addAll(ofStorage.found());
    return new ModelConfig(
        architecture, decoder, classifier, fp8, ofSizes.isEmpty() && ofStorage.isEmpty());
  }
}
