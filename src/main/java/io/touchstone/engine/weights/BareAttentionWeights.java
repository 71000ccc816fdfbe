package io.touchstone.engine.weights;

import ai.djl.pytorch.engine.PtNDArray;
import io.touchstone.checkpoint.config.DecoderConfig;
import java.util.ArrayList;
import java.util.List;

/** The weights of attention that knows no positions and has no MLP behind it. */
final class BareAttentionWeights implements MixerWeights {
  private final WeightRoom room;
  private final PtNDArray qkv;
  private final PtNDArray output;

  BareAttentionWeights(DecoderConfig config, WeightRoom room) {
    this.room = room;
    long hidden = config.hiddenSize();
    long queries = (long) config.heads() * config.headDim();
    long all = queries + 2L * config.kvHeads() * config.headDim();
    this.qkv = room.matrix(0, all, hidden);
    this.output = room.matrix(all * hidden, hidden, queries);
  }

  /** Numbers in a layer's matrices. */
  static long numbers(DecoderConfig config) {
    return 2L * config.hiddenSize() * config.headDim() * (config.heads() + config.kvHeads());
  }

  @Override
  public List<Runnable> fill(String prefix, PtNDArray folded) {
    List<Runnable> copies = new ArrayList<>();
    copies.add(room.matrix(output, 0, prefix + "o_proj.weight", room.none()));
    int row = 0;
    for (String name : List.of("q_proj", "k_proj", "v_proj")) {
      copies.add(room.matrix(qkv, row, prefix + name + ".weight", folded));
      row += (int) room.stored(prefix + name + ".weight").getShape().get(0);
    }
    return copies;
  }

  /** Those of a decoder's layer, most of them empty. */
  @Override
  public PtNDArray[] tensors(PtNDArray norm) {
    PtNDArray none = room.none();
    return new PtNDArray[] {
      qkv, none, output, none, none, none, none, none, none, none, norm, none, none, none
    };
  }
}
