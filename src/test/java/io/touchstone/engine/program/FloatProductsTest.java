package io.touchstone.engine.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.touchstone.batch.LoadPacker;
import io.touchstone.batch.PackedLoad;
import io.touchstone.checkpoint.Checkpoint;
import io.touchstone.engine.CausalReward;
import io.touchstone.engine.DecoderForwardPass;
import io.touchstone.engine.HeadParts;
import io.touchstone.engine.device.Precision;
import io.touchstone.engine.device.Processor;
import io.touchstone.engine.device.Resources;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both ways to multiply fp32 numbers on a CPU, of which a processor has one. */
final class FloatProductsTest {
  private static final Path REFERENCES = Path.of("src/test/resources/references");
  private static final Resources RESOURCES = new Resources(2, 8L << 30, 2_048);
  private static final Processor CPU = Processor.cpu(Precision.FP32);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "llama-causal",
        "mistral-classifier",
        "qwen2-causal",
        "qwen3-moe",
        "gemma2-causal",
        "phi3-causal"
      })
  void giveTheSameScores(String name) {
    Checkpoint checkpoint = Checkpoint.open(REFERENCES.resolve(name));
    PackedLoad load = load(checkpoint.decoder().vocabSize());
    float[][] librarys = scores(checkpoint, load, "products.py");
    float[][] oneDnns = scores(checkpoint, load, "onednn.py");
    for (int i = 0; i < librarys.length; i++) {
      assertThat(oneDnns[i][0]).isCloseTo(librarys[i][0], within(2e-5f));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama-causal", "qwen2-causal"})
  void oneDnnsHaveTheSameBitsInAnyCompany(String name) {
    assumeTrue(CPU.floatsByOneDnn(), "a processor that has oneDNN's products");
    Checkpoint checkpoint = Checkpoint.open(REFERENCES.resolve(name));
    List<int[]> rows = rows(checkpoint.decoder().vocabSize());
    float[][] together = scores(checkpoint, pack(rows), "onednn.py");
    for (int i = 0; i < rows.size(); i++) {
      float[][] alone = scores(checkpoint, pack(List.of(rows.get(i))), "onednn.py");
      assertThat(Arrays.equals(alone[0], together[i])).as("row " + i).isTrue();
    }
  }

  private static float[][] scores(Checkpoint checkpoint, PackedLoad load, String products) {
    List<String> parts = new ArrayList<>(Decoder.parts(CPU));
    parts.set(1, products);
    HeadParts head = HeadParts.of(checkpoint, new CausalReward.OfToken(0));
    Machine machine = new Machine(CPU, RESOURCES, new Decoder(parts));
    try (DecoderForwardPass forward = DecoderForwardPass.on(machine, checkpoint, head, RESOURCES)) {
      return forward.score(load);
    }
  }

  private static PackedLoad load(int vocabulary) {
    return pack(rows(vocabulary));
  }

  private static List<int[]> rows(int vocabulary) {
    Random random = new Random(5);
    List<int[]> rows = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      rows.add(random.ints(3 + 17 * i, 0, vocabulary).toArray());
    }
    return rows;
  }

  private static PackedLoad pack(List<int[]> rows) {
    LoadPacker packer = new LoadPacker();
    rows.forEach(row -> packer.add(List.of(row)));
    return packer.pack();
  }
}
