package io.touchstone.checkpoint;

import io.touchstone.checkpoint.config.Fp8;
import io.touchstone.checkpoint.encoder.EncoderConfig;
import io.touchstone.checkpoint.family.ModelConfig;
import java.util.Optional;
import java.util.OptionalInt;

/** What a folder's {@code config.json} is that of. */
sealed interface ModelKind {

  /** As it is named, or told where it has no name. */
  String architecture();

  /** How matrices may be quantised; empty where none may. */
  default Optional<Fp8> fp8() {
    return Optional.empty();
  }

  /** A decoder, with the head that its class has. */
  record Decodes(ModelConfig config) implements ModelKind {
    @Override
    public String architecture() {
      return config.architecture().name();
    }

    @Override
    public Optional<Fp8> fp8() {
      return config.fp8();
    }
  }

  /**
   * An encoder with a classifier on it.
   *
   * @param namesTexts whether it is told of a pair's tokens which text they are of
   * @param tokenizerLimit the most tokens that its tokenizer's files speak of
   */
  record Encodes(EncoderConfig config, boolean namesTexts, OptionalInt tokenizerLimit)
      implements ModelKind {
    @Override
    public String architecture() {
      return config.architecture();
    }
  }
}
