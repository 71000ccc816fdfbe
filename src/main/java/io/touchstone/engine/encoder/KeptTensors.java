package io.touchstone.engine.encoder;

import ai.djl.pytorch.engine.PtNDArray;
import io.touchstone.checkpoint.encoder.EncoderConfig;
import io.touchstone.engine.device.Precision;
import io.touchstone.engine.program.Machine;
import io.touchstone.engine.weights.StoredWeights;
import java.util.Optional;

/** Stored tensors that stay on the device in fp32 as long as the model. */
record KeptTensors(StoredWeights stored, Machine machine) {

  /** A tensor; an empty one where there is no name. */
  PtNDArray of(Optional<String> name) {
    if (name.isEmpty()) {
      return machine.anchor();
    }
    PtNDArray tensor = stored.tensor(name.get());
    PtNDArray into =
        machine.buffer(machine.device(), Precision.FP32.torchType(), tensor.getShape().getShape());
    return machine
        .workers()
        .call(
            () -> {
              machine.program().widen(into, 0, tensor, Precision.FP32, machine.anchor());
              return into;
            });
  }

  /** A norm's weight and its bias. */
  PtNDArray[] norm(Optional<String> name, EncoderConfig config) {
    return new PtNDArray[] {
      of(name.map(norm -> norm + ".weight")),
      of(name.filter(norm -> config.biases().norms()).map(norm -> norm + ".bias"))
    };
  }

  /** A convolution, its bias, its norm and that one's bias. */
  PtNDArray[] convolution(EncoderConfig config) {
    Optional<EncoderConfig.Convolution> layer = config.convolution();
    PtNDArray[] norm = norm(layer.map(EncoderConfig.Convolution::norm), config);
    return new PtNDArray[] {
      of(layer.map(each -> each.name() + ".weight")),
      of(layer.map(each -> each.name() + ".bias")),
      norm[0],
      norm[1]
    };
  }

  /** As many empty tensors. */
  static PtNDArray[] none(Machine machine) {
    PtNDArray none = machine.anchor();
    return new PtNDArray[] {none, none, none, none};
  }
}
