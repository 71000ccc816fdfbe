package io.touchstone.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.pytorch.engine.PtNDArray;
import io.touchstone.scoring.ScorerException;
import org.junit.jupiter.api.Test;

final class TorchProgramTest {

  @Test
  void runsAMethodOfAProgramThatIsSourceTextAlone() {
    try (TorchProgram program = TorchProgram.load("decoder.py", Device.cpu())) {
      PtNDArray triangle = program.tensor(program.manager(), "triangle", 2);
      assertThat(triangle.toFloatArray()).containsExactly(0, Float.NEGATIVE_INFINITY, 0, 0);
    }
  }

  @Test
  void namesAProgramThatIsNotThere() {
    assertThatThrownBy(() -> TorchProgram.load("missing.py", Device.cpu()))
        .isInstanceOf(ScorerException.class)
        .hasMessage("[missing.py] expected a resource of this program");
  }

  @Test
  void refusesArgumentsThatAProgramCannotTake() {
    try (TorchProgram program = TorchProgram.load("decoder.py", Device.cpu())) {
      assertThatThrownBy(() -> program.run("triangle", "two"))
          .hasMessage(
              "expected a tensor, a number or a list of them, found class java.lang.String");
    }
  }
}
