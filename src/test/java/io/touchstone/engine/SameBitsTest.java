package io.touchstone.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.touchstone.batch.LoadPacker;
import io.touchstone.checkpoint.Checkpoint;
import io.touchstone.checkpoint.config.DecoderConfig;
import io.touchstone.engine.device.Precision;
import io.touchstone.engine.device.Processor;
import io.touchstone.engine.device.Resources;
import io.touchstone.engine.device.ThisProcessor;
import io.touchstone.scoring.ForwardPass;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A conversation's score must not depend on what is computed beside it. */
final class SameBitsTest {
  private static final Path REFERENCES = Path.of("src/test/resources/references");

  private static final List<String> MODELS =
      List.of(
          "gemma2-causal",
          "gemma2-classifier",
          "gemma3-classifier",
          "gpt-neox-classifier",
          "gpt2-causal",
          "granite-causal",
          "internlm2-reward",
          "llama-causal",
          "llama-gated",
          "llama-inform",
          "mistral-classifier",
          "mistral-window",
          "nemotron-causal",
          "nemotron-shapes",
          "olmo2-causal",
          "olmo3-classifier",
          "phi3-causal",
          "qwen2-causal",
          "qwen2-fp8",
          "qwen3-classifier",
          "qwen3-moe",
          "qwen3-window",
          "../steps/qwen-math-prm",
          "../steps/skywork-prm");

  static Stream<Arguments> modelsAndPrecisions() {
    return MODELS.stream()
        .flatMap(
            model -> Stream.of(Precision.values()).map(precision -> arguments(model, precision)));
  }

  @ParameterizedTest
  @MethodSource("modelsAndPrecisions")
  void aScoreHasTheSameBitsInAnyCompany(String name, Precision precision) {
    ThisProcessor.assumeHas(precision);
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    Checkpoint checkpoint = Checkpoint.open(REFERENCES.resolve(name));
    HeadParts head = HeadParts.of(checkpoint, new CausalReward.OfToken(0));
    try (ForwardPass forward =
            EngineScorerFactory.forwardPass(
                checkpoint, head, Processor.cpu(precision), new Resources(1, 0, 0));
        ForwardPass threaded =
            EngineScorerFactory.forwardPass(
                checkpoint, head, Processor.cpu(precision), new Resources(3, 0, 0))) {
      List<List<int[]>> paths = paths(random, checkpoint.decoder());
      List<float[]> alone = new ArrayList<>();
      for (List<int[]> path : paths) {
        alone.add(score(forward, List.of(path))[0]);
        float[] unshared = score(forward, List.of(List.of(joined(path))))[0];
        assertThat(unshared[0])
            .isCloseTo(
                alone.get(alone.size() - 1)[0], within(precision == Precision.FP32 ? 1e-4f : 0.1f));
      }
      assertSame(score(forward, paths), alone);
      for (int round = 0; round < 4; round++) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < paths.size(); i++) {
          order.add(i);
        }
        Collections.shuffle(order, random);
        List<Integer> some = order.subList(0, 1 + random.nextInt(order.size()));
        assertSame(
            score(round % 2 == 0 ? forward : threaded, some.stream().map(paths::get).toList()),
            some.stream().map(alone::get).toList());
      }
    }
  }

  private static void assertSame(float[][] found, List<float[]> expected) {
    for (int i = 0; i < found.length; i++) {
      assertThat(found[i]).as("conversation %d", i).containsExactly(expected.get(i));
    }
  }

  private static float[][] score(ForwardPass forward, List<List<int[]>> paths) {
    LoadPacker packer = new LoadPacker();
    paths.forEach(packer::add);
    return forward.score(packer.pack());
  }

  /** Trees of all shapes: short and long, deep and flat, one longer than a micro-batch. */
  private static List<List<int[]>> paths(Random random, DecoderConfig decoder) {
    // Learned positions end; others go on, wherever the model was trained to.
    int longest =
        decoder.names().positions().isPresent()
            ? decoder.maxPositionEmbeddings()
            : Integer.MAX_VALUE;
    List<List<int[]>> paths = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      List<int[]> path = new ArrayList<>();
      if (i > 0 && random.nextInt(3) > 0) {
        List<int[]> other = paths.get(random.nextInt(i));
        path.addAll(other.subList(0, random.nextInt(other.size() + 1)));
      }
      int most = i == 0 ? 3_000 : 1 << (1 + random.nextInt(9));
      for (int s = 1 + random.nextInt(3); s > 0; s--) {
        int left = longest - joined(path).length;
        if (left > 0) {
          int length = 1 + random.nextInt(Math.min(most, left));
          path.add(random.ints(length, 0, decoder.vocabSize()).toArray());
        }
      }
      paths.add(path);
    }
    return paths;
  }

  private static int[] joined(List<int[]> path) {
    return path.stream().flatMapToInt(Arrays::stream).toArray();
  }
}
