package io.touchstone.checkpoint;

import java.util.Optional;

/**
 * {@code config.json}, read.
 *
 * @param classifier empty for a causal model, whose head depends on the tensors
 * @param shapesKnown false when a size was reported, so that no tensor can be held against it
 */
record ModelConfig(
    Architecture architecture,
    DecoderConfig decoder,
    Optional<RewardHead.Classifier> classifier,
    boolean shapesKnown) {

  /** Empty when the architecture is not one that is known. */
  static Optional<ModelConfig> read(Fields config) {
    return Architecture.read(config).map(architecture -> read(config, architecture));
  }

  private static ModelConfig read(Fields config, Architecture architecture) {
    int maxPositionEmbeddings =
        config.count(
            "max_position_embeddings",
            FamilyDefaults.of(architecture.family()).maxPositionEmbeddings());
    Rotary rotary = RotaryReader.read(config, maxPositionEmbeddings);
    Problems all = config.problems().all();
    int before = all.count();
    DecoderConfig decoder =
        DecoderReader.read(config, architecture.family(), rotary, maxPositionEmbeddings);
    Optional<RewardHead.Classifier> classifier =
        switch (architecture.head()) {
          case CAUSAL -> Optional.empty();
          case CLASSIFIER -> Optional.of(ClassifierReader.read(config, decoder.vocabSize()));
        };
    boolean shapesKnown = all.count() == before;
    Refusals.check(config, decoder);
    return new ModelConfig(architecture, decoder, classifier, shapesKnown);
  }
}
