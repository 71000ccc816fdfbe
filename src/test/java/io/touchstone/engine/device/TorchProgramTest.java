package io.touchstone.engine.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.pytorch.engine.PtNDArray;
import io.touchstone.engine.program.Decoder;
import io.touchstone.scoring.ScorerException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TorchProgramTest {

  @Test
  void runsAMethodOfAProgramThatIsSourceTextAlone() {
    try (TorchProgram program =
        TorchProgram.load(Decoder.parts(Processor.cpu(Precision.FP32)), Device.cpu())) {
      PtNDArray mask = program.tensor(program.manager(), "mask", 2, 1);
      assertThat(mask.toFloatArray()).containsExactly(0, 0, Float.NEGATIVE_INFINITY, 0, 0, 0);
    }
  }

  @Test
  void hidesFromAQueryWhatIsBehindItsWindowAndWhatComesAfterIt() {
    try (TorchProgram program =
        TorchProgram.load(Decoder.parts(Processor.cpu(Precision.FP32)), Device.cpu())) {
      PtNDArray mask = program.tensor(program.manager(), "window_mask", 2, 2);
      float hidden = Float.NEGATIVE_INFINITY;
      assertThat(mask.toFloatArray()).containsExactly(0, 0, hidden, hidden, 0, 0);
    }
  }

  @Test
  void namesAProgramThatIsNotThere() {
    assertThatThrownBy(() -> TorchProgram.load(List.of("missing.py"), Device.cpu()))
        .isInstanceOf(ScorerException.class)
        .hasMessage("[missing.py] expected a resource of this program");
  }

  @Test
  void refusesArgumentsThatAProgramCannotTake() {
    try (TorchProgram program =
        TorchProgram.load(Decoder.parts(Processor.cpu(Precision.FP32)), Device.cpu())) {
      assertThatThrownBy(() -> program.run("mask", "two", 1))
          .hasMessage(
              "expected a tensor, a number or a list of them, found class java.lang.String");
    }
  }
}
