package io.touchstone.engine.program;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import io.touchstone.engine.device.HostProcessor;
import io.touchstone.engine.device.Kernels;
import io.touchstone.engine.device.Precision;
import io.touchstone.scoring.FasterProducts;
import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many times faster than fp32 products a processor's own bf16 ones are at a model's shapes: a
 * few small products, timed once a process.
 *
 * @param hidden size of the model's states
 * @param inner size of its MLP
 */
public record Bf16Gain(int hidden, int inner) implements Serializable {
  private static final int ROWS = Kernels.LEAST_ROWS;

  /** Of a matrix, which may be as large as a gigabyte: its first ones are told by as well. */
  private static final int MOST_ROWS = 256;

  private static final int MOST_COLUMNS = 4_096;

  /** Products of a type; the first one also loads what it needs. */
  private static final int ROUNDS = 3;

  /** What is no faster than that is within what measuring so little may err. */
  private static final double LEAST_TIMES = 1.2;

  private static final Map<Bf16Gain, Double> FOUND = new ConcurrentHashMap<>();

  /** Measures it where a machine computes in fp32 and its processor has bf16 products. */
  public void look(Machine machine) {
    if (machine.processor().precision() == Precision.FP32
        && !machine.processor().device().isGpu()
        && HostProcessor.ofThisMachine().multipliesBf16()) {
      FOUND.computeIfAbsent(this, missing -> machine.workers().call(() -> times(machine)));
    }
  }

  /** What was found in this process, if anything is faster. */
  public Optional<FasterProducts> found() {
    return Optional.ofNullable(FOUND.get(this))
        .filter(times -> times > LEAST_TIMES)
        .map(times -> new FasterProducts("--precision bf16", times));
  }

  private double times(Machine machine) {
    return (seconds(machine, Precision.FP32, hidden, inner)
            + seconds(machine, Precision.FP32, inner, hidden))
        / (seconds(machine, Precision.BF16_NATIVE, hidden, inner)
            + seconds(machine, Precision.BF16_NATIVE, inner, hidden));
  }

  /** The fastest of some products, by the time that this thread has had a processor. */
  private static double seconds(Machine machine, Precision precision, int columns, int rows) {
    ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    int type = precision.torchType();
    double best = Double.MAX_VALUE;
    try (PtNDManager own = machine.hostForAWhile()) {
      int few = Math.min(columns, MOST_COLUMNS);
      PtNDArray x = machine.buffer(own, Precision.FP32.torchType(), ROWS, few);
      PtNDArray matrix = machine.buffer(own, type, Math.min(rows, MOST_ROWS), few);
      for (int round = 0; round < ROUNDS; round++) {
        long start = clock.getCurrentThreadCpuTime();
        machine.program().product(own, x, matrix, type);
        best = Math.min(best, clock.getCurrentThreadCpuTime() - start);
      }
    }
    return best;
  }
}
