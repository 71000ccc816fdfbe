package io.touchstone.generation;

import io.touchstone.scoring.ModelFactory;
import java.util.Optional;

/** The recipe for a generator. */
public interface GeneratorFactory extends ModelFactory<Generator> {

  GeneratorDescription description();

  /** What sequences would take of this machine's memory; empty where they take none. */
  Optional<GenerationMemory> memory();

  /** What the model's arithmetic amounts to; empty if it is not known. */
  default Optional<GenerationWork> work() {
    return Optional.empty();
  }

  @Override
  default Record identity() {
    return description();
  }

  @Override
  default String told() {
    String precision = description().precision();
    return description().model() + (precision.isEmpty() ? "" : " (" + precision + ")");
  }
}
