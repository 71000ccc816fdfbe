package io.touchstone.engine.device;

import io.touchstone.scoring.LoadCost;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Times some layers of a pass, and tells from them what all would cost. One thread's. */
public final class CostClock {
  private static final int MOST_LAYERS = 4;

  /** Longer than this is long enough to be told from noise. */
  private static final double ENOUGH_SECONDS = 2;

  private final List<Double> brought = new ArrayList<>();
  private final List<Double> used = new ArrayList<>();
  private double last;

  /** Whether another layer before the last one should be run. */
  public boolean asksForMore() {
    double seconds = used.stream().mapToDouble(Double::doubleValue).sum();
    return used.size() < 2 || (used.size() < MOST_LAYERS && seconds < ENOUGH_SECONDS);
  }

  public <T> T bring(Supplier<T> weights) {
    long start = System.nanoTime();
    T result = weights.get();
    brought.add(since(start));
    return result;
  }

  public void use(Runnable layer) {
    long start = System.nanoTime();
    layer.run();
    used.add(since(start));
  }

  public void useLast(Runnable layer) {
    long start = System.nanoTime();
    layer.run();
    last = since(start);
  }

  /** Seconds to bring a layer. */
  public double bringing() {
    return steady(brought);
  }

  /** Seconds of a layer. */
  public double using() {
    return steady(used);
  }

  /** How many were run. */
  public int layers() {
    return used.size();
  }

  private static double since(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  /**
   * @param tokens that went through each of the layers
   * @param layers of the model
   */
  public LoadCost cost(int tokens, int layers) {
    double all = (layers - 1) * steady(used) + last;
    return new LoadCost(layers * steady(brought), all / tokens, tokens, used.size() + 1, layers);
  }

  /** Of several the first is left out: it touches its memory and compiles its code. */
  private static double steady(List<Double> seconds) {
    return seconds.stream()
        .skip(seconds.size() > 1 ? 1 : 0)
        .mapToDouble(Double::doubleValue)
        .average()
        .orElse(0);
  }
}
