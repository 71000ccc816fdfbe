package io.touchstone.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import io.touchstone.checkpoint.config.Activation;
import io.touchstone.checkpoint.config.DecoderConfig;
import io.touchstone.checkpoint.config.DecoderSizes;
import io.touchstone.checkpoint.config.Experts;
import io.touchstone.checkpoint.config.Mlp;
import io.touchstone.checkpoint.config.Rotary;
import io.touchstone.engine.device.Precision;
import io.touchstone.engine.device.Processor;
import io.touchstone.engine.device.ThisProcessor;
import io.touchstone.engine.device.TorchProgram;
import io.touchstone.engine.program.Decoder;
import io.touchstone.engine.program.LayerShape;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What experts add to a row has the same bits whichever rows are beside it, so however many of them
 * chose the same experts, and is what plain arithmetic gives.
 */
final class ExpertsSweepTest {
  private static final int MOST_ROWS = 700;
  private static final double EPS = 1e-5;

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);

  @ParameterizedTest
  @CsvSource({
    "48, 10, 3, 28, FP32",
    "48, 10, 3, 28, BF16",
    "48, 10, 3, 28, BF16_NATIVE",
    "50, 4, 2, 33, FP32",
    "64, 8, 1, 40, FP32",
    "128, 30, 8, 48, FP32",
    "128, 30, 8, 48, BF16",
    "128, 30, 8, 48, BF16_NATIVE",
    "576, 8, 4, 96, FP32",
  })
  void aRowHasTheSameBitsWhoeverChoosesItsExperts(
      int hidden, int count, int chosen, int inner, Precision precision) {
    ThisProcessor.assumeHas(precision);
    System.out.println("seed " + seed);
    LayerShape shape = shape(hidden, count, chosen, inner, precision);
    float[] rows = numbers(MOST_ROWS * hidden, 1);
    try (TorchProgram program =
            TorchProgram.load(Decoder.parts(Processor.cpu(Precision.FP32)), Device.cpu());
        PtNDManager manager = (PtNDManager) program.manager().newSubManager(Device.cpu())) {
      float[] router = Arrays.copyOf(numbers(count * hidden, 0.2), (count + 15) / 16 * 16 * hidden);
      float[] gateUp = numbers(count * 2 * inner * hidden, 1 / Math.sqrt(hidden));
      float[] down = numbers(count * hidden * inner, 1 / Math.sqrt(inner));
      PtNDArray none = tensor(manager, new float[0], 0);
      PtNDArray[] weights = new PtNDArray[17];
      Arrays.fill(weights, none);
      float[] norm = numbers(hidden, 1);
      weights[11] = tensor(manager, norm, hidden);
      weights[14] = tensor(manager, router, router.length / hidden, hidden);
      weights[15] = matrix(program, manager, shape, gateUp, 2L * count * inner, hidden);
      weights[16] = matrix(program, manager, shape, down, (long) count * hidden, inner);
      float[] all = run(program, rows, shape, weights);
      for (int round = 0; round < 6; round++) {
        int some = 64 + random.nextInt(round % 3 == 0 ? 8 : MOST_ROWS - 64);
        int[] picked = random.ints(some, 0, MOST_ROWS).toArray();
        if (round == 1) {
          Arrays.fill(picked, picked[0]);
        }
        float[] found = run(program, chosen(rows, picked, hidden), shape, weights);
        float[] expected = chosen(all, picked, hidden);
        assertThat(Arrays.mismatch(found, expected))
            .as("first of %d rows of %d that differ, seed %d", some, hidden, seed)
            .isNegative();
      }
      if (precision == Precision.FP32) {
        float[] plain = plain(rows, norm, router, gateUp, down, shape);
        for (int i = 0; i < hidden; i++) {
          assertThat(all[i]).as("seed %d", seed).isCloseTo(plain[i], within(2e-4f));
        }
      }
    }
  }

  private static LayerShape shape(
      int hidden, int count, int chosen, int inner, Precision precision) {
    DecoderSizes sizes = new DecoderSizes(hidden, 8, 1, 1, 1, 2, 9, 64);
    Experts.Names names = new Experts.Names("r", "e.", ".g", ".u", ".d");
    Experts experts = new Experts(count, chosen, inner, true, Set.of(), names);
    DecoderConfig config =
        DecoderConfig.of(sizes, false, EPS, new Rotary.Default(10_000))
            .with(new Mlp(Activation.SILU, true, false).with(experts));
    return new LayerShape(config, Processor.cpu(precision));
  }

  /** Factors of products, of the type that they have. */
  private static PtNDArray matrix(
      TorchProgram program,
      PtNDManager manager,
      LayerShape shape,
      float[] numbers,
      long rows,
      long columns) {
    PtNDArray stored = tensor(manager, numbers, rows, columns);
    PtNDArray none = tensor(manager, new float[0], 0);
    PtNDArray into =
        program.tensor(
            manager, "buffer", new long[] {rows, columns}, shape.processor().matrixType(), none);
    program.run("widen", into, 0, stored, 6, none);
    return into;
  }

  private static float[] run(
      TorchProgram program, float[] rows, LayerShape shape, PtNDArray[] weights) {
    try (PtNDManager own = (PtNDManager) program.manager().newSubManager(Device.cpu())) {
      PtNDArray x = tensor(own, rows, rows.length / shape.hidden(), shape.hidden());
      program.run("add_experts", x, weights, shape.numbers(0), shape.facts());
      return x.toFloatArray();
    }
  }

  /** The first row's sums, in double precision. */
  private static float[] plain(
      float[] rows, float[] norm, float[] router, float[] gateUp, float[] down, LayerShape shape) {
    int hidden = shape.hidden();
    Experts experts = shape.config().mlp().experts().orElseThrow();
    int inner = experts.inner();
    double squares = 0;
    for (int i = 0; i < hidden; i++) {
      squares += (double) rows[i] * rows[i];
    }
    double[] y = new double[hidden];
    for (int i = 0; i < hidden; i++) {
      y[i] = norm[i] * rows[i] / Math.sqrt(squares / hidden + EPS);
    }
    double[] odds = new double[experts.count()];
    for (int e = 0; e < odds.length; e++) {
      odds[e] = Math.exp(product(router, e, y));
    }
    double[] sorted = odds.clone();
    Arrays.sort(sorted);
    double least = sorted[sorted.length - experts.chosen()];
    double sum = Arrays.stream(odds).filter(each -> each >= least).sum();
    double[] total = new double[hidden];
    for (int i = 0; i < hidden; i++) {
      total[i] = rows[i];
    }
    for (int e = 0; e < odds.length; e++) {
      if (odds[e] >= least) {
        double[] middle = new double[inner];
        for (int f = 0; f < inner; f++) {
          double gate = product(gateUp, 2 * inner * e + f, y);
          middle[f] = gate / (1 + Math.exp(-gate)) * product(gateUp, 2 * inner * e + inner + f, y);
        }
        for (int i = 0; i < hidden; i++) {
          total[i] += odds[e] / sum * product(down, hidden * e + i, middle);
        }
      }
    }
    float[] plain = new float[hidden];
    for (int i = 0; i < hidden; i++) {
      plain[i] = (float) total[i];
    }
    return plain;
  }

  private static double product(float[] matrix, int row, double[] x) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += matrix[row * x.length + i] * x[i];
    }
    return sum;
  }

  private static float[] chosen(float[] rows, int[] picked, int hidden) {
    float[] some = new float[picked.length * hidden];
    for (int r = 0; r < picked.length; r++) {
      System.arraycopy(rows, picked[r] * hidden, some, r * hidden, hidden);
    }
    return some;
  }

  private static PtNDArray tensor(PtNDManager manager, float[] values, long... sizes) {
    return (PtNDArray)
        manager.create(FloatBuffer.wrap(values), new Shape(sizes), DataType.FLOAT32).duplicate();
  }

  private float[] numbers(int count, double scale) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) (random.nextGaussian() * scale);
    }
    return numbers;
  }
}
