package io.touchstone.engine;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import io.touchstone.batch.Rows;
import io.touchstone.checkpoint.config.DecoderConfig;
import io.touchstone.engine.device.Precision;
import io.touchstone.engine.program.Machine;
import io.touchstone.engine.weights.StoredWeights;
import java.util.ArrayList;
import java.util.List;

/**
 * A head's layers but the last: the final norm, then for each layer matrix, bias and ReLU over
 * read-out states, in fp32 whatever the precision of the decoder's products.
 */
final class InnerHead {
  private static final int FP32 = Precision.FP32.torchType();

  private final Machine machine;
  private final double eps;
  private final List<PtNDArray[]> layers = new ArrayList<>();

  /**
   * @param inner at least one layer
   * @param config of the decoder, whose final norm comes first
   */
  InnerHead(
      List<HeadParts.Inner> inner, StoredWeights stored, DecoderConfig config, Machine machine) {
    this.machine = machine;
    this.eps = config.norms().eps();
    PtNDArray none = machine.buffer(machine.device(), FP32, 0);
    for (HeadParts.Inner layer : inner) {
      layers.add(
          new PtNDArray[] {
            widened(stored.tensor(layer.weight()), none),
            layer.bias().map(name -> widened(stored.tensor(name), none)).orElse(none),
            layers.isEmpty()
                ? widened(stored.norm(config.names().finalNorm(), config.norms()), none)
                : none
          });
    }
  }

  private PtNDArray widened(PtNDArray tensor, PtNDArray none) {
    PtNDArray into = machine.buffer(machine.device(), FP32, tensor.getShape().getShape());
    machine
        .workers()
        .run(List.of(() -> machine.program().widen(into, 0, tensor, Precision.FP32, none)));
    return into;
  }

  /** What the layers compute of some read-outs, a table for each; the last one is read. */
  List<PtNDArray> buffers(PtNDManager owner, int readOuts) {
    return layers.stream()
        .map(layer -> machine.buffer(owner, FP32, readOuts, (int) layer[0].getShape().get(0)))
        .toList();
  }

  /**
   * Computes some rows.
   *
   * @param states last hidden states, before the final norm
   * @param into what {@link #buffers} gave
   */
  void run(PtNDArray states, Rows part, List<PtNDArray> into) {
    PtNDArray from = states;
    for (int l = 0; l < layers.size(); l++) {
      machine.program().headLayer(from, part, layers.get(l), eps, into.get(l));
      from = into.get(l);
    }
  }
}
