package io.touchstone.engine.weights;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import io.touchstone.checkpoint.Checkpoint;
import io.touchstone.engine.device.Precision;
import io.touchstone.engine.device.Processor;
import io.touchstone.engine.device.Resources;
import io.touchstone.engine.program.Machine;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WidenedTypesTest {
  private static final Path MODEL = Path.of("src/test/resources/references/llama-causal");

  /** What decoder.py numbers so: query, key and value; attention's output; gate and up; down. */
  private static final List<Integer> MATRICES = List.of(0, 2, 4, 6);

  /** DJL 0.35.1 does not know the library's. */
  private static final DataType BF16 = DataType.UNKNOWN;

  @Test
  void aProcessorsOwnProductsHaveBf16MatricesButForWhatMakesQueriesKeysAndValues() {
    assertThat(types(Precision.BF16_NATIVE)).containsExactly(DataType.FLOAT32, BF16, BF16, BF16);
  }

  @Test
  void othersOfACpuHaveFp32Matrices() {
    assertThat(types(Precision.BF16)).containsOnly(DataType.FLOAT32);
    assertThat(types(Precision.FP32)).containsOnly(DataType.FLOAT32);
  }

  private static List<DataType> types(Precision precision) {
    Checkpoint checkpoint = Checkpoint.open(MODEL);
    try (Machine machine = new Machine(Processor.cpu(precision), new Resources(1, 0, 0))) {
      StoredWeights stored = new StoredWeights(checkpoint, machine.program());
      WidenedLayer layer = new WidenedLayer(checkpoint.decoder(), stored, machine);
      machine.workers().run(layer.fill(0));
      PtNDArray[] tensors = layer.tensors();
      return MATRICES.stream().map(number -> tensors[number].getDataType()).toList();
    }
  }
}
