package io.touchstone.engine.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.touchstone.batch.LoadPacker;
import io.touchstone.batch.PackedLoad;
import io.touchstone.checkpoint.Checkpoint;
import io.touchstone.engine.CausalReward;
import io.touchstone.engine.DecoderForwardPass;
import io.touchstone.engine.HeadParts;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PrecisionTest {
  private static final Path REFERENCES = Path.of("src/test/resources/references");

  @ParameterizedTest
  @ValueSource(strings = {"llama-causal", "mistral-classifier", "qwen2-causal", "qwen3-classifier"})
  void bf16FactorsMoveScoresALittle(String name) {
    Checkpoint checkpoint = Checkpoint.open(REFERENCES.resolve(name));
    PackedLoad load = load(checkpoint.decoder().vocabSize());
    float[][] exact = scores(checkpoint, load, Precision.FP32);
    float[][] rounded = scores(checkpoint, load, Precision.BF16);
    double distance = 0;
    for (int i = 0; i < exact.length; i++) {
      assertThat(rounded[i][0]).isCloseTo(exact[i][0], within(0.1f));
      distance = Math.max(distance, Math.abs(rounded[i][0] - exact[i][0]));
    }
    // Eight bits less in every factor cannot leave all scores where they were.
    assertThat(distance).isGreaterThan(1e-5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "llama-causal",
        "mistral-classifier",
        "qwen2-causal",
        "qwen2-fp8",
        "qwen3-moe",
        "gemma2-causal"
      })
  void theProcessorsOwnProductsMoveScoresALittle(String name) {
    assumeTrue(HostProcessor.ofThisMachine().multipliesBf16(), "a processor that multiplies bf16");
    Checkpoint checkpoint = Checkpoint.open(REFERENCES.resolve(name));
    PackedLoad load = load(checkpoint.decoder().vocabSize());
    float[][] exact = scores(checkpoint, load, Precision.FP32);
    float[][] emulated = scores(checkpoint, load, Precision.BF16);
    float[][] own = scores(checkpoint, load, Precision.BF16_NATIVE);
    double fromEmulated = 0;
    for (int i = 0; i < exact.length; i++) {
      assertThat(own[i][0]).isCloseTo(exact[i][0], within(0.2f));
      fromEmulated = Math.max(fromEmulated, Math.abs(own[i][0] - emulated[i][0]));
    }
    // Results are rounded too: with the same bits these would not be the processor's products.
    assertThat(fromEmulated).isGreaterThan(1e-5);
  }

  private static float[][] scores(Checkpoint checkpoint, PackedLoad load, Precision precision) {
    HeadParts head = HeadParts.of(checkpoint, new CausalReward.OfToken(0));
    try (DecoderForwardPass forward =
        DecoderForwardPass.open(
            checkpoint, head, Processor.cpu(precision), new Resources(2, 0, 0))) {
      return forward.score(load);
    }
  }

  private static PackedLoad load(int vocabulary) {
    Random random = new Random(11);
    LoadPacker packer = new LoadPacker();
    for (int i = 0; i < 20; i++) {
      packer.add(List.of(random.ints(10 + 5 * i, 0, vocabulary).toArray()));
    }
    return packer.pack();
  }
}
