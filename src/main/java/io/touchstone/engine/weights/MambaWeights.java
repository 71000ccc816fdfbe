package io.touchstone.engine.weights;

import ai.djl.pytorch.engine.PtNDArray;
import io.touchstone.batch.Rows;
import io.touchstone.checkpoint.config.HybridLayers;
import io.touchstone.engine.program.MambaShape;
import java.util.ArrayList;
import java.util.List;

/** A Mamba layer's weights; what is stored kind by kind stands here group by group. */
final class MambaWeights implements MixerWeights {
  private final HybridLayers.Mamba mamba;
  private final MambaShape shape;
  private final WeightRoom room;
  private final PtNDArray in;
  private final PtNDArray inBias;
  private final PtNDArray taps;
  private final PtNDArray tapsBias;
  private final PtNDArray rates;
  private final PtNDArray skip;
  private final PtNDArray stepBias;
  private final PtNDArray norm;
  private final PtNDArray out;
  private final PtNDArray outBias;
  private final PtNDArray[] tensors;

  /**
   * @param hidden size of the residual stream
   */
  MambaWeights(MambaShape shape, long hidden, WeightRoom room) {
    this.mamba = shape.mamba();
    this.shape = shape;
    this.room = room;
    long groups = mamba.groups();
    long convolved = shape.convolvedOfGroup();
    this.in = room.matrix(0, shape.width(), hidden);
    this.inBias = room.vectorIf(mamba.projectionBias(), shape.width());
    this.taps =
        room.shaped(
            room.vector(groups * mamba.kernel() * convolved), groups, mamba.kernel(), convolved);
    this.tapsBias = room.vectorIf(mamba.convolutionBias(), groups * convolved);
    this.rates = room.vector(mamba.heads());
    this.skip = room.vector(mamba.heads());
    this.stepBias = room.vector(mamba.heads());
    this.norm = room.vector(mamba.inner());
    this.out = room.matrix(shape.width() * hidden, hidden, mamba.inner());
    this.outBias = room.vectorIf(mamba.projectionBias(), hidden);
    long heads = shape.headsOfGroup();
    this.tensors =
        new PtNDArray[] {
          in,
          inBias,
          taps,
          room.shaped(tapsBias, groups, convolved),
          room.shaped(rates, groups, heads),
          room.shaped(skip, groups, heads),
          room.shaped(stepBias, groups, heads),
          room.shaped(norm, groups, shape.innerOfGroup()),
          out,
          outBias,
          room.none()
        };
  }

  /** Numbers in a layer's matrices. */
  static long numbers(MambaShape shape, long hidden) {
    return hidden * (shape.width() + (long) shape.mamba().inner());
  }

  @Override
  public PtNDArray[] tensors(PtNDArray before) {
    tensors[tensors.length - 1] = before;
    return tensors;
  }

  @Override
  public List<Runnable> fill(String prefix, PtNDArray folded) {
    List<Runnable> copies = new ArrayList<>();
    for (int group = 0; group < mamba.groups(); group++) {
      List<Rows> convolved = convolved(group);
      project(prefix, group, convolved, folded, copies);
      convolve(prefix, group, convolved, copies);
    }
    copies.add(room.vector(rates, prefix + "A_log"));
    copies.add(room.vector(skip, prefix + "D"));
    copies.add(room.vector(stepBias, prefix + "dt_bias"));
    copies.add(room.vector(norm, prefix + "norm.weight"));
    copies.add(room.matrix(out, 0, prefix + "out_proj.weight", room.none()));
    if (mamba.projectionBias()) {
      copies.add(room.vector(outBias, prefix + "out_proj.bias"));
    }
    return copies;
  }

  /** What of the convolved channels is a group's: its heads' own, then its two matrices. */
  private List<Rows> convolved(int group) {
    Rows state = new Rows(group * mamba.state(), (group + 1) * mamba.state());
    return List.of(
        channels(group),
        state.from(mamba.inner()),
        state.from(mamba.inner() + mamba.groups() * mamba.state()));
  }

  private Rows channels(int group) {
    return new Rows(group * shape.innerOfGroup(), (group + 1) * shape.innerOfGroup());
  }

  private void project(
      String prefix, int group, List<Rows> convolved, PtNDArray folded, List<Runnable> copies) {
    List<Rows> parts = new ArrayList<>(List.of(channels(group)));
    convolved.forEach(part -> parts.add(part.from(mamba.inner())));
    Rows heads = new Rows(group * shape.headsOfGroup(), (group + 1) * shape.headsOfGroup());
    parts.add(heads.from(mamba.inner() + mamba.convolved()));
    int row = group * shape.widthOfGroup();
    for (Rows part : parts) {
      copies.add(room.rows(in, row, prefix + "in_proj.weight", part, folded));
      if (mamba.projectionBias()) {
        copies.add(room.part(inBias, row, prefix + "in_proj.bias", part));
      }
      row += part.end() - part.first();
    }
  }

  private void convolve(String prefix, int group, List<Rows> convolved, List<Runnable> copies) {
    int column = 0;
    for (Rows part : convolved) {
      copies.add(room.taps(taps, group, column, prefix + "conv1d.weight", part));
      if (mamba.convolutionBias()) {
        int first = group * shape.convolvedOfGroup() + column;
        copies.add(room.part(tapsBias, first, prefix + "conv1d.bias", part));
      }
      column += part.end() - part.first();
    }
  }
}
