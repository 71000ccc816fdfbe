package io.touchstone.engine.program;

import io.touchstone.checkpoint.encoder.Activation;
import io.touchstone.checkpoint.encoder.EncoderConfig;
import io.touchstone.checkpoint.encoder.Sight;
import io.touchstone.engine.device.Processor;

/** What an encoder's layers go by. */
public record EncoderShape(EncoderConfig config, Processor processor) {
  /** A vector of AVX-512; heads of real models are multiples of it. */
  private static final int VECTOR = 16;

  /** Vector loops take two at a time, and leave what is over to scalar ones, with other bits. */
  private static final int LOOP = 2 * VECTOR;

  /** Numbers of a head's row, filled up. */
  public int wideHead() {
    return up(config.headDim(), VECTOR);
  }

  /** Numbers of all heads' rows. */
  public int wideHeads() {
    return config.heads() * wideHead();
  }

  /** Numbers of the MLP's inner rows, filled up. */
  public int wideInner() {
    return up(config.intermediateSize(), LOOP);
  }

  private static int up(int number, int multiple) {
    return (number + multiple - 1) / multiple * multiple;
  }

  /** What scores are multiplied by. */
  public double scale() {
    int terms = config.sight() instanceof Sight.Distances distances ? distances.terms() : 1;
    return 1 / Math.sqrt((double) config.headDim() * terms);
  }

  /** As the program documents them. */
  public long[] numbers(int layer) {
    return new long[] {
      config.hiddenSize(),
      config.heads(),
      wideHead(),
      config.headDim(),
      wideInner(),
      processor.precision().torchType(),
      processor.kernels().attention(),
      config.sight() instanceof Sight.Turned turned ? turned.reachOf(layer) : 0,
      number(config.inner().activation()),
      config.order() == EncoderConfig.Order.NORM_FIRST ? 1 : 0,
      config.inner().gated() ? 1 : 0,
      config.convolution().map(layers -> number(layers.activation())).orElse(0L),
      config.convolution().map(EncoderConfig.Convolution::groups).orElse(1)
    };
  }

  /** The program's number of a function. */
  public static long number(Activation activation) {
    return switch (activation) {
      case GELU -> 0;
      case GELU_TANH -> 1;
      case RELU -> 2;
      case TANH -> 3;
    };
  }
}
