package io.touchstone.engine;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import io.touchstone.batch.Rows;
import io.touchstone.checkpoint.config.DecoderConfig;
import io.touchstone.checkpoint.config.Gate;
import io.touchstone.engine.program.Machine;
import io.touchstone.engine.weights.StoredWeights;
import io.touchstone.scoring.PlaceJoin;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.commons.lang3.ArrayUtils;

/** All that a head computes of read-outs' last hidden states. */
final class ModelHead {
  private final Optional<InnerHead> inner;
  private final ReadOutHead last;
  private final Optional<ReadOutHead> objectives;
  private final PlaceJoin join;

  ModelHead(HeadParts read, StoredWeights stored, DecoderConfig config, Machine machine) {
    this.inner =
        read.inner().isEmpty()
            ? Optional.empty()
            : Optional.of(new InnerHead(read.inner(), stored, config, machine));
    this.last = ReadOutHead.of(read, stored, config);
    this.objectives = read.gated().map(gated -> ReadOutHead.of(gated, stored, config));
    this.join = read.gated().map(gated -> join(gated, stored)).orElse(PlaceJoin.ONE);
  }

  private static PlaceJoin join(HeadParts.Gated gated, StoredWeights stored) {
    return new GatedScore(
        gated.temperature(),
        stored.vector(Gate.SCALE)[0],
        stored.rows(Gate.TRANSFORM, 0, gated.rows()),
        gated.given());
  }

  /** What becomes of the values at a prompt's read-outs. */
  PlaceJoin join() {
    return join;
  }

  /** Values of a read-out. */
  int outputs() {
    return last.outputs() + objectives.map(ReadOutHead::outputs).orElse(0);
  }

  /** What some read-outs become, from their states on. */
  Reading reading(PtNDManager owner, PtNDArray states, int readOuts) {
    return new Reading(
        states, inner.map(layers -> layers.buffers(owner, readOuts)).orElse(List.of()));
  }

  /** Some read-outs on their way through the head. */
  final class Reading {
    private final PtNDArray states;
    private final List<PtNDArray> buffers;

    private Reading(PtNDArray states, List<PtNDArray> buffers) {
      this.states = states;
      this.buffers = buffers;
    }

    /** Takes some of the states, which are there, through all layers but the last. */
    void run(Rows part) {
      inner.ifPresent(layers -> layers.run(states, part, buffers));
    }

    /** Values of the first {@code count} read-outs, once all states went through the layers. */
    float[][] values(int count) {
      float[][] values =
          rows(last, buffers.isEmpty() ? states : buffers.get(buffers.size() - 1), count);
      if (objectives.isPresent()) {
        float[][] others = rows(objectives.get(), states, count);
        Arrays.setAll(values, r -> ArrayUtils.addAll(values[r], others[r]));
      }
      return values;
    }

    private float[][] rows(ReadOutHead head, PtNDArray table, int count) {
      float[] flat = table.toFloatArray();
      float[][] rows = new float[count][];
      Arrays.setAll(rows, r -> head.read(flat, r * head.width()));
      return rows;
    }
  }
}
