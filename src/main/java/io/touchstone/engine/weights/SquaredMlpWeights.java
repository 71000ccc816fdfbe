package io.touchstone.engine.weights;

import ai.djl.pytorch.engine.PtNDArray;
import io.touchstone.checkpoint.config.DecoderConfig;
import java.util.ArrayList;
import java.util.List;

/** The weights of an MLP of squared ReLUs, without a gate. */
final class SquaredMlpWeights implements MixerWeights {
  private final boolean biased;
  private final WeightRoom room;
  private final PtNDArray up;
  private final PtNDArray upBias;
  private final PtNDArray down;
  private final PtNDArray downBias;

  SquaredMlpWeights(DecoderConfig config, WeightRoom room) {
    this.biased = config.mlp().bias();
    this.room = room;
    long hidden = config.hiddenSize();
    long inner = config.intermediateSize();
    this.up = room.matrix(0, inner, hidden);
    this.upBias = room.vectorIf(biased, inner);
    this.down = room.matrix(inner * hidden, hidden, inner);
    this.downBias = room.vectorIf(biased, hidden);
  }

  /** Numbers in a layer's matrices. */
  static long numbers(DecoderConfig config) {
    return 2L * config.hiddenSize() * config.intermediateSize();
  }

  @Override
  public List<Runnable> fill(String prefix, PtNDArray folded) {
    List<Runnable> copies = new ArrayList<>();
    copies.add(room.matrix(up, 0, prefix + "up_proj.weight", folded));
    copies.add(room.matrix(down, 0, prefix + "down_proj.weight", room.none()));
    if (biased) {
      copies.add(room.vector(upBias, prefix + "up_proj.bias"));
      copies.add(room.vector(downBias, prefix + "down_proj.bias"));
    }
    return copies;
  }

  @Override
  public PtNDArray[] tensors(PtNDArray norm) {
    return new PtNDArray[] {up, upBias, down, downBias, norm};
  }
}
