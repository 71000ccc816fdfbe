package io.touchstone.engine.encoder;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import io.touchstone.batch.Rows;
import io.touchstone.checkpoint.encoder.EncoderConfig;
import io.touchstone.checkpoint.encoder.EncoderHead;
import io.touchstone.engine.program.EncoderShape;
import io.touchstone.engine.program.Machine;
import java.util.Optional;

/** What stands between the last states and the output layer: a final norm, a square layer. */
final class EncoderHeadLayer {
  private final EncoderConfig config;
  private final Machine machine;
  private final PtNDArray[] weights;
  private final long activation;

  private final PtNDArray[] finalNorm;

  EncoderHeadLayer(EncoderConfig config, KeptTensors kept, Machine machine) {
    this.config = config;
    this.machine = machine;
    Optional<EncoderHead.Dense> dense = config.head().dense();
    this.activation = dense.map(layer -> EncoderShape.number(layer.activation())).orElse(0L);
    this.finalNorm = kept.norm(config.finalNorm(), config);
    boolean isMean = config.head().pooling() == EncoderHead.Pooling.MEAN;
    PtNDArray[] behind = kept.norm(dense.flatMap(EncoderHead.Dense::norm), config);
    this.weights =
        new PtNDArray[] {
          kept.of(dense.map(layer -> layer.name() + ".weight")),
          kept.of(dense.filter(EncoderHead.Dense::bias).map(layer -> layer.name() + ".bias")),
          // A mean is one of normed states.
          isMean ? machine.anchor() : finalNorm[0],
          isMean ? machine.anchor() : finalNorm[1],
          behind[0],
          behind[1]
        };
  }

  /** States behind the last layer's norm. */
  PtNDArray normed(PtNDManager owner, PtNDArray states) {
    return machine
        .program()
        .encoder()
        .normed(owner, states, finalNorm[0], finalNorm[1], config.eps());
  }

  /** Writes over states of rows. */
  void run(PtNDArray states, Rows rows) {
    machine.program().encoder().headDense(states, rows, weights, activation, config.eps());
  }
}
