package io.touchstone.engine.program;

import io.touchstone.checkpoint.Checkpoint;
import io.touchstone.checkpoint.MambaSteps;
import io.touchstone.checkpoint.config.DecoderConfig;
import io.touchstone.checkpoint.config.HybridLayers;
import io.touchstone.engine.device.Processor;

/**
 * What the program's Mamba layers go by.
 *
 * @param mamba the layers' shape as it is stored
 * @param eps of the norms
 * @param leastStep of a prompt's tokens; 0 for any
 */
public record MambaShape(
    HybridLayers.Mamba mamba, double eps, double leastStep, Processor processor) {

  /**
   * Tokens of a prompt that are computed together, from its first one on. The result does not
   * depend on it but for rounding: small chunks keep sums small, and large ones states few.
   */
  public static final int CHUNK = 64;

  /** Rows of a group's projection are filled up to whole vectors. */
  private static final int VECTOR = 16;

  /** Of a hybrid, with steps as its folder is read. */
  public static MambaShape of(Checkpoint checkpoint, Processor processor) {
    DecoderConfig config = checkpoint.decoder();
    boolean least = checkpoint.reading().mambaSteps() == MambaSteps.TRANSFORMERS5;
    return of(config, least ? config.hybrid().orElseThrow().mamba().timeStepMin() : 0, processor);
  }

  /** Of a hybrid. */
  public static MambaShape of(DecoderConfig config, double leastStep, Processor processor) {
    return new MambaShape(
        config.hybrid().orElseThrow().mamba(), config.norms().eps(), leastStep, processor);
  }

  public int headsOfGroup() {
    return mamba.heads() / mamba.groups();
  }

  /** Channels of a group's heads. */
  public int innerOfGroup() {
    return headsOfGroup() * mamba.headDim();
  }

  /** Channels of a group that the convolution takes. */
  public int convolvedOfGroup() {
    return innerOfGroup() + 2 * mamba.state();
  }

  /** Rows of the first projection that are a group's. */
  public int widthOfGroup() {
    int rows = innerOfGroup() + convolvedOfGroup() + headsOfGroup();
    return (rows + VECTOR - 1) / VECTOR * VECTOR;
  }

  /** Columns of the table into which the first projection goes. */
  public int width() {
    return mamba.groups() * widthOfGroup();
  }

  /** Tokens before a chunk that its convolution sees. */
  public int before() {
    return mamba.kernel() - 1;
  }

  /** Numbers of a layer's state. */
  public long stateNumbers() {
    return (long) mamba.inner() * mamba.state();
  }

  /** Numbers of the tokens that a layer's convolution sees before a chunk. */
  public long windowNumbers() {
    return (long) before() * mamba.convolved();
  }

  /** As the program documents them. */
  long[] numbers() {
    return new long[] {
      mamba.groups(),
      headsOfGroup(),
      mamba.headDim(),
      mamba.state(),
      mamba.kernel(),
      CHUNK,
      processor.precision().torchType()
    };
  }
}
