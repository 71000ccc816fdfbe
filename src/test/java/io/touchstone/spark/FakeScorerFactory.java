package io.touchstone.spark;

import io.touchstone.scoring.MemoryPlan;
import io.touchstone.scoring.ModelDescription;
import io.touchstone.scoring.ModelReading;
import io.touchstone.scoring.ReplicaDevice;
import io.touchstone.scoring.Scorer;
import io.touchstone.scoring.ScorerException;
import io.touchstone.scoring.ScorerFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes scorers whose reward depends on the text alone.
 *
 * @param fingerprint must be a new one for each job of a test run: replicas outlive jobs
 * @param loadTokens characters count as tokens
 * @param failing a reward text that contains it makes the scorer fail, unless it is empty
 * @param openFailures how many times {@link #open} fails before it succeeds
 */
public record FakeScorerFactory(
    String fingerprint, int loadTokens, String failing, int openFailures) implements ScorerFactory {

  private static final Map<String, AtomicInteger> OPENED = new ConcurrentHashMap<>();

  public static FakeScorerFactory named(String fingerprint) {
    return new FakeScorerFactory(fingerprint, 500, "", 0);
  }

  public FakeScorerFactory withLoadTokens(int tokens) {
    return new FakeScorerFactory(fingerprint, tokens, failing, openFailures);
  }

  public FakeScorerFactory failingAt(String text) {
    return new FakeScorerFactory(fingerprint, loadTokens, text, openFailures);
  }

  public FakeScorerFactory failingToOpen(int times) {
    return new FakeScorerFactory(fingerprint, loadTokens, failing, times);
  }

  /** How often a scorer was asked for in this process. */
  public int opened() {
    return OPENED.getOrDefault(fingerprint, new AtomicInteger()).get();
  }

  @Override
  public Optional<MemoryPlan> memory() {
    return Optional.empty();
  }

  @Override
  public ModelDescription model() {
    return new ModelDescription(
        "/models/fake",
        fingerprint,
        "FakeForSequenceClassification",
        List.of("helpfulness"),
        1_000,
        "chat",
        "2026-01-01",
        "fp32",
        "score.weight[0:1]",
        ModelReading.NONE);
  }

  @Override
  public Scorer open(ReplicaDevice place) {
    int time = OPENED.computeIfAbsent(fingerprint, key -> new AtomicInteger()).incrementAndGet();
    if (time <= openFailures) {
      throw new ScorerException("[/models/fake] expected a model, found none on try " + time);
    }
    return new FakeScorer(loadTokens, failing);
  }
}
