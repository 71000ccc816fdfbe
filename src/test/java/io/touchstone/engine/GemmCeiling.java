package io.touchstone.engine;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import io.touchstone.batch.LoadPacker;
import io.touchstone.checkpoint.config.DecoderConfig;
import io.touchstone.engine.device.Precision;
import io.touchstone.engine.device.Processor;
import io.touchstone.engine.device.Workers;
import io.touchstone.engine.program.Decoder;
import io.touchstone.scoring.PreparedRow;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * What the machine can do in matrix products at a model's shapes, and how many of them a load needs
 * at least.
 */
final class GemmCeiling {
  private static final int GEMM_ROWS = 512;
  private static final long NANOS = 500_000_000L;

  private final DecoderConfig config;
  private final Workers workers;
  private final LongSupplier clock;
  private final Decoder program = new Decoder(Processor.cpu(Precision.FP32));

  GemmCeiling(DecoderConfig config, int threads) {
    this(config, threads, System::nanoTime);
  }

  private GemmCeiling(DecoderConfig config, int threads, LongSupplier clock) {
    this.config = config;
    this.workers = new Workers(threads);
    this.clock = clock;
  }

  /** By the time that threads are given, and not what passes while others have the processors. */
  static GemmCeiling ofProcessorTime(DecoderConfig config, int threads) {
    return new GemmCeiling(
        config, threads, ManagementFactory.getThreadMXBean()::getCurrentThreadCpuTime);
  }

  /** Operations of all linear layers, at least. */
  double linearFlops(long tokens, int readOuts) {
    return DecoderWork.of(config).linear(tokens, readOuts);
  }

  /** Operations of attention's two products. Rows are taken as one load. */
  double attentionFlops(List<PreparedRow> rows) {
    LoadPacker packer = new LoadPacker();
    rows.forEach(row -> packer.add(row.tree()));
    var load = packer.pack();
    int[] positions = load.positions();
    double keys = Arrays.stream(positions).mapToDouble(position -> position + 1.0).sum();
    double read = Arrays.stream(load.readOuts()).mapToDouble(r -> positions[r] + 1.0).sum();
    return DecoderWork.of(config).attention(keys, read);
  }

  /**
   * GFLOP/s of the program's fp32 products at the shapes of a layer, one per thread, over half a
   * second.
   */
  double rate() {
    long hidden = config.hiddenSize();
    long queries = (long) config.heads() * config.headDim();
    long[][] shapes = {
      {hidden, queries},
      {hidden, 2L * config.intermediateSize()},
      {config.intermediateSize(), hidden}
    };
    List<Runnable> tasks = new ArrayList<>();
    double[] rates = new double[workers.threads()];
    for (int t = 0; t < rates.length; t++) {
      int thread = t;
      tasks.add(() -> rates[thread] = rate(shapes));
    }
    workers.run(tasks);
    return Arrays.stream(rates).sum();
  }

  private double rate(long[][] shapes) {
    try (PtNDManager own = (PtNDManager) program.manager().newSubManager()) {
      List<PtNDArray[]> factors = new ArrayList<>();
      double flops = 0;
      for (long[] shape : shapes) {
        factors.add(
            new PtNDArray[] {
              (PtNDArray) own.randomNormal(new Shape(GEMM_ROWS, shape[0])),
              (PtNDArray) own.randomNormal(new Shape(shape[1], shape[0]))
            });
        flops += 2.0 * GEMM_ROWS * shape[0] * shape[1];
      }
      long start = clock.getAsLong();
      int rounds = 0;
      while (clock.getAsLong() - start < NANOS) {
        for (PtNDArray[] pair : factors) {
          program.product(own, pair[0], pair[1], Precision.FP32.torchType()).close();
        }
        rounds++;
      }
      return flops * rounds / (clock.getAsLong() - start);
    }
  }
}
