package io.touchstone.engine.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import io.touchstone.batch.LoadPacker;
import io.touchstone.batch.PackedLoad;
import io.touchstone.checkpoint.Checkpoint;
import io.touchstone.engine.CausalReward;
import io.touchstone.engine.DecoderForwardPass;
import io.touchstone.engine.HeadParts;
import io.touchstone.engine.device.Kernels;
import io.touchstone.engine.device.Precision;
import io.touchstone.engine.device.Processor;
import io.touchstone.engine.device.Resources;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Attention of all paths at once, as a GPU is told to do it: here by loops in the place of the
 * kernel, which only CUDA devices have.
 */
final class FlatPathsTest {
  private static final Path REFERENCES = Path.of("src/test/resources/references");
  private static final Resources RESOURCES = new Resources(1, 8L << 30, 2_048);
  private static final Processor GPU = new Processor(Device.cpu(), Kernels.CUDA, Precision.FP32);

  @ParameterizedTest
  @ValueSource(strings = {"llama-causal", "mistral-classifier", "qwen2-causal", "qwen3-classifier"})
  void givesTheScoresOfBlocks(String name) {
    Checkpoint checkpoint = Checkpoint.open(REFERENCES.resolve(name));
    PackedLoad load = load(checkpoint.decoder().vocabSize());
    float[][] blocks = scores(checkpoint, load, new Machine(GPU, RESOURCES));
    float[][] flat = scores(checkpoint, load, new Machine(GPU, RESOURCES, byLoops()));
    assertThat(flat.length).isEqualTo(blocks.length);
    for (int i = 0; i < blocks.length; i++) {
      assertThat(flat[i][0]).isCloseTo(blocks[i][0], within(2e-5f));
    }
    // The loops are another arithmetic: equal bits would mean that they were not asked.
    assertThat(Arrays.deepEquals(flat, blocks)).isFalse();
  }

  @Test
  void isAskedOfGpusAlone() {
    Checkpoint checkpoint = Checkpoint.open(REFERENCES.resolve("llama-causal"));
    Processor cpu = Processor.cpu(Precision.FP32);
    try (Machine gpu = new Machine(GPU, RESOURCES, byLoops());
        Machine bare = new Machine(GPU, RESOURCES);
        Machine host = new Machine(cpu, RESOURCES, byLoops())) {
      assertThat(gpu.attendsFlat(new LayerShape(checkpoint.decoder(), GPU))).isTrue();
      assertThat(bare.attendsFlat(new LayerShape(checkpoint.decoder(), GPU))).isFalse();
      assertThat(host.attendsFlat(new LayerShape(checkpoint.decoder(), cpu))).isFalse();
    }
  }

  private static Decoder byLoops() {
    List<String> parts = new ArrayList<>(Decoder.parts(GPU));
    parts.set(parts.indexOf("flash.py"), "flat-by-loops.py");
    return new Decoder(parts);
  }

  private static float[][] scores(Checkpoint checkpoint, PackedLoad load, Machine machine) {
    HeadParts head = HeadParts.of(checkpoint, new CausalReward.OfToken(0));
    try (DecoderForwardPass forward = DecoderForwardPass.on(machine, checkpoint, head, RESOURCES)) {
      return forward.score(load);
    }
  }

  /** Prompts with answers, and answers that go on; more than a micro-batch. */
  private static PackedLoad load(int vocabulary) {
    Random random = new Random(3);
    LoadPacker packer = new LoadPacker();
    for (int p = 0; p < 40; p++) {
      int[] prompt = random.ints(1 + random.nextInt(200), 0, vocabulary).toArray();
      for (int a = 0; a < 3; a++) {
        int[] answer = random.ints(1 + random.nextInt(60), 0, vocabulary).toArray();
        int[] more = random.ints(1 + random.nextInt(20), 0, vocabulary).toArray();
        packer.add(List.of(prompt, answer));
        packer.add(List.of(prompt, answer, more));
      }
    }
    return packer.pack();
  }
}
