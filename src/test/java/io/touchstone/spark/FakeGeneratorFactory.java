package io.touchstone.spark;

import io.touchstone.generation.GenerationMemory;
import io.touchstone.generation.Generator;
import io.touchstone.generation.GeneratorDescription;
import io.touchstone.generation.GeneratorFactory;
import io.touchstone.scoring.ModelReading;
import io.touchstone.scoring.ReplicaDevice;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes generators whose answers depend on the text alone.
 *
 * @param fingerprint must be a new one for each job of a test run: replicas outlive jobs
 * @param samples of each prompt
 * @param room how many rows of a task are under way at most
 * @param passMillis that a pass takes at least
 */
record FakeGeneratorFactory(
    String fingerprint, int samples, int room, long passMillis, PromptHarm harm)
    implements GeneratorFactory {

  static final int MOST_TOKENS = 1_000;

  private static final Map<String, AtomicLong> ANSWERED = new ConcurrentHashMap<>();

  static FakeGeneratorFactory named(String fingerprint) {
    return new FakeGeneratorFactory(fingerprint, 2, 8, 0, PromptHarm.NONE);
  }

  FakeGeneratorFactory withRoom(int rows) {
    return new FakeGeneratorFactory(fingerprint, samples, rows, passMillis, harm);
  }

  FakeGeneratorFactory withPasses(long millis) {
    return new FakeGeneratorFactory(fingerprint, samples, room, millis, harm);
  }

  FakeGeneratorFactory with(PromptHarm other) {
    return new FakeGeneratorFactory(fingerprint, samples, room, passMillis, other);
  }

  /** How many rows generators of this fingerprint have answered in this process. */
  long answered() {
    return count().get();
  }

  private AtomicLong count() {
    return ANSWERED.computeIfAbsent(fingerprint, key -> new AtomicLong());
  }

  @Override
  public GeneratorDescription description() {
    return new GeneratorDescription(
        "/models/fake",
        "fingerprint of " + fingerprint,
        "FakeForCausalLM",
        MOST_TOKENS,
        "fp32",
        new TreeMap<>(Map.of("samples", Integer.toString(samples), "max-new-tokens", "13")),
        ModelReading.NONE);
  }

  @Override
  public Record identity() {
    return this;
  }

  @Override
  public Optional<GenerationMemory> memory() {
    return Optional.empty();
  }

  @Override
  public Generator open(ReplicaDevice place) {
    return new FakeGenerator(this, count());
  }
}
