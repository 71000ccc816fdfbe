package io.touchstone.engine;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import io.touchstone.batch.Rows;
import io.touchstone.checkpoint.config.DecoderConfig;
import io.touchstone.engine.device.Precision;
import io.touchstone.engine.program.Machine;
import io.touchstone.engine.weights.StoredWeights;
import java.util.List;

/**
 * The first of a head's two layers: final norm, matrix, bias and ReLU over read-out states, in fp32
 * whatever the precision of the decoder's products.
 */
final class InnerHead {
  private static final int FP32 = Precision.FP32.torchType();

  private final Machine machine;
  private final double eps;
  private final int outputs;
  private final PtNDArray[] weights;

  /**
   * @param config of the decoder, whose final norm comes first
   */
  InnerHead(HeadParts.Inner layer, StoredWeights stored, DecoderConfig config, Machine machine) {
    this.machine = machine;
    this.eps = config.norms().eps();
    PtNDArray matrix = stored.tensor(layer.weight());
    this.outputs = (int) matrix.getShape().get(0);
    PtNDArray none = machine.buffer(machine.device(), FP32, 0);
    this.weights =
        new PtNDArray[] {
          widened(matrix, none),
          layer.bias().map(name -> widened(stored.tensor(name), none)).orElse(none),
          widened(stored.norm(config.names().finalNorm(), config.norms()), none)
        };
  }

  private PtNDArray widened(PtNDArray tensor, PtNDArray none) {
    PtNDArray into = machine.buffer(machine.device(), FP32, tensor.getShape().getShape());
    machine
        .workers()
        .run(List.of(() -> machine.program().widen(into, 0, tensor, Precision.FP32, none)));
    return into;
  }

  int outputs() {
    return outputs;
  }

  PtNDArray buffer(PtNDManager owner, int readOuts) {
    return machine.buffer(owner, FP32, readOuts, outputs);
  }

  /**
   * Computes some rows.
   *
   * @param states last hidden states, before the final norm
   * @param into what {@link #buffer} gave
   */
  void run(PtNDArray states, Rows part, PtNDArray into) {
    machine.program().headLayer(states, part, weights, eps, into);
  }
}
