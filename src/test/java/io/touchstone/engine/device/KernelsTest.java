package io.touchstone.engine.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import io.touchstone.batch.LoadPacker;
import io.touchstone.batch.PackedLoad;
import io.touchstone.checkpoint.Checkpoint;
import io.touchstone.engine.CausalReward;
import io.touchstone.engine.DecoderForwardPass;
import io.touchstone.engine.HeadParts;
import io.touchstone.engine.MemoryNeed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a GPU is told to do, done by a CPU: the same program, operators, sizes and order, but none
 * of a GPU's own kernels.
 */
final class KernelsTest {
  private static final Path REFERENCES = Path.of("src/test/resources/references");

  /** Fits all layers of these small models. */
  private static final long PLENTY = 8L << 30;

  @ParameterizedTest
  @ValueSource(strings = {"llama-causal", "mistral-classifier", "qwen2-causal", "qwen3-classifier"})
  void whatAGpuIsToldToDoGivesTheCpusScores(String name) {
    Checkpoint checkpoint = Checkpoint.open(REFERENCES.resolve(name));
    PackedLoad load = load(checkpoint.decoder().vocabSize());
    float[][] cpu = scores(checkpoint, load, Processor.cpu(Precision.FP32), PLENTY);
    float[][] gpu = scores(checkpoint, load, asOnAGpu(Precision.FP32), PLENTY);
    for (int i = 0; i < cpu.length; i++) {
      assertThat(gpu[i][0]).isCloseTo(cpu[i][0], within(2e-5f));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama-causal", "mistral-classifier", "qwen2-causal", "qwen3-classifier"})
  void productsOfBf16TensorsMoveScoresALittle(String name) {
    Checkpoint checkpoint = Checkpoint.open(REFERENCES.resolve(name));
    PackedLoad load = load(checkpoint.decoder().vocabSize());
    float[][] exact = scores(checkpoint, load, Processor.cpu(Precision.FP32), PLENTY);
    float[][] rounded = scores(checkpoint, load, asOnAGpu(Precision.BF16), PLENTY);
    double distance = 0;
    for (int i = 0; i < exact.length; i++) {
      assertThat(rounded[i][0]).isCloseTo(exact[i][0], within(0.2f));
      distance = Math.max(distance, Math.abs(rounded[i][0] - exact[i][0]));
    }
    assertThat(distance).isGreaterThan(1e-5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama-causal", "qwen3-causal"})
  void layersThatAreKeptGiveTheBitsOfLayersThatAreBroughtEachTime(String name) {
    Checkpoint checkpoint = Checkpoint.open(REFERENCES.resolve(name));
    PackedLoad load = load(checkpoint.decoder().vocabSize());
    Processor processor = asOnAGpu(Precision.BF16);
    MemoryNeed need = MemoryNeed.of(checkpoint.decoder(), processor);
    long tight = need.plan(new Resources(1, PLENTY, 1_024)).bytesFor(1_024) - need.otherLayers();
    assertThat(need.keepsAllLayers(new Resources(1, PLENTY, 0))).isTrue();
    assertThat(need.keepsAllLayers(new Resources(1, tight, 0))).isFalse();
    assertThat(scores(checkpoint, load, processor, tight))
        .isDeepEqualTo(scores(checkpoint, load, processor, PLENTY));
  }

  private static Processor asOnAGpu(Precision precision) {
    return new Processor(Device.cpu(), Kernels.CUDA, precision);
  }

  /** Twice, as the second load finds what the first one brought. */
  private static float[][] scores(
      Checkpoint checkpoint, PackedLoad load, Processor processor, long memory) {
    HeadParts head = HeadParts.of(checkpoint, new CausalReward.OfToken(0));
    try (DecoderForwardPass forward =
        DecoderForwardPass.open(checkpoint, head, processor, new Resources(1, memory, 0))) {
      float[][] first = forward.score(load);
      assertThat(forward.score(load)).isDeepEqualTo(first);
      return first;
    }
  }

  private static PackedLoad load(int vocabulary) {
    Random random = new Random(11);
    LoadPacker packer = new LoadPacker();
    for (int i = 0; i < 20; i++) {
      List<int[]> path = new ArrayList<>();
      path.add(random.ints(10 + 5 * i, 0, vocabulary).toArray());
      path.add(random.ints(3, 0, vocabulary).toArray());
      packer.add(path);
    }
    return packer.pack();
  }
}
