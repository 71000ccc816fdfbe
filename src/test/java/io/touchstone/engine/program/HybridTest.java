package io.touchstone.engine.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.touchstone.batch.LoadPacker;
import io.touchstone.checkpoint.Checkpoint;
import io.touchstone.checkpoint.MambaSteps;
import io.touchstone.checkpoint.config.DecoderConfig;
import io.touchstone.checkpoint.config.DecoderSizes;
import io.touchstone.checkpoint.config.HybridLayers;
import io.touchstone.checkpoint.config.Mixer;
import io.touchstone.checkpoint.config.Rotary;
import io.touchstone.engine.AnswerScale;
import io.touchstone.engine.CausalModels;
import io.touchstone.engine.CausalReward;
import io.touchstone.engine.DecoderWork;
import io.touchstone.engine.EngineScorerFactory;
import io.touchstone.engine.GenerationNeed;
import io.touchstone.engine.HeadParts;
import io.touchstone.engine.MemoryNeed;
import io.touchstone.engine.device.Precision;
import io.touchstone.engine.device.Processor;
import io.touchstone.engine.device.Resources;
import io.touchstone.generation.CausalModel;
import io.touchstone.generation.CausalModel.Feed;
import io.touchstone.generation.CausalModel.Sequence;
import io.touchstone.generation.GenerationMemory;
import io.touchstone.scoring.ForwardPass;
import io.touchstone.scoring.MemoryPlan;
import io.touchstone.scoring.ModelWork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds of {@code nemotron_h} alone. */
final class HybridTest {
  private static final Path OWN = Path.of("src/test/resources/references/nemotron-causal");
  private static final long GIB = 1L << 30;
  private static final Processor CPU = Processor.cpu(Precision.FP32);

  /** As NVIDIA publishes Nemotron-3-Nano-4B. */
  private static final DecoderConfig NANO =
      DecoderConfig.of(
              new DecoderSizes(3_136, 12_544, 42, 40, 8, 128, 131_072, 262_144),
              false,
              1e-5,
              new Rotary.None())
          .with(
              new HybridLayers(
                  "M-M-M-MM-M-M*-M-M*-M-M-M*-M-M-MM*-MMM-M-M-"
                      .chars()
                      .mapToObj(
                          c -> c == 'M' ? Mixer.MAMBA : c == '-' ? Mixer.MLP : Mixer.ATTENTION)
                      .toList(),
                  new HybridLayers.Mamba(96, 80, 8, 128, 4, false, true, 0.001)));

  @ParameterizedTest
  @EnumSource(MambaSteps.class)
  void scoresWithTheLogitsThatTransformersBeginsAnAnswerWith(MambaSteps steps) throws IOException {
    String fixtures = System.getProperty("touchstone.fixtures", "");
    Assumptions.assumeFalse(
        fixtures.isEmpty(), "no shared fixtures: system property touchstone.fixtures is unset");
    Path models = Path.of(fixtures, "generation", "models");
    Checkpoint checkpoint = open(models.resolve("nemotron-nano"), steps);
    String kind = steps == MambaSteps.PUBLISHED ? ".as-published" : "";
    CausalReward pair = new CausalReward.OfPair(7, 11, AnswerScale.DIFFERENCE);
    try (ForwardPass forward = forward(checkpoint, new CausalReward.OfToken(0));
        ForwardPass asked = forward(checkpoint, pair)) {
      for (String thinking : List.of("thinking", "no-thinking")) {
        List<String> lines =
            Files.readAllLines(
                models.resolve("expected/nemotron-nano." + thinking + kind + ".jsonl"));
        LoadPacker packer = new LoadPacker();
        for (String line : lines) {
          packer.add(List.of(ints(new ObjectMapper().readTree(line).get("prompt_ids"))), 0);
        }
        float[][] scores = forward.score(packer.pack());
        float[][] differences = asked.score(packer.pack());
        for (int i = 0; i < scores.length; i++) {
          JsonNode logits = new ObjectMapper().readTree(lines.get(i)).get("first_logits");
          assertThat(scores[i][0])
              .as("%s %d", thinking, i)
              .isCloseTo(logits.get(0).floatValue(), within(1e-4f));
          assertThat(differences[i][0])
              .as("%s %d", thinking, i)
              .isCloseTo(logits.get(7).floatValue() - logits.get(11).floatValue(), within(2e-4f));
        }
      }
    }
  }

  private static ForwardPass forward(Checkpoint checkpoint, CausalReward reward) {
    return EngineScorerFactory.forwardPass(
        checkpoint, HeadParts.of(checkpoint, reward), CPU, new Resources(2, 0, 0));
  }

  private static int[] ints(JsonNode list) {
    return IntStream.range(0, list.size()).map(i -> list.get(i).asInt()).toArray();
  }

  @Test
  void aPromptsLastTokenStepsAsThePromptDoes() {
    int[] ids = new Random(5).ints(200, 0, 560).toArray();
    try (CausalModel published = model(MambaSteps.PUBLISHED);
        CausalModel clamped = model(MambaSteps.TRANSFORMERS5)) {
      float[] whole = prompt(clamped, ids, 129);
      // The chunk that it begins comes by itself.
      assertThat(prompt(clamped, ids, 128, 129)).containsExactly(whole);
      assertThat(whole).isNotEqualTo(prompt(published, ids, 129));
      // A token that is generated there steps as published.
      assertThat(answer(clamped, ids, 128)).isNotEqualTo(whole);
      assertThat(answer(published, ids, 128)).containsExactly(prompt(published, ids, 129));
    }
  }

  @Test
  void isForkedWholeOrNotAtAll() {
    int[] ids = new Random(6).ints(300, 0, 560).toArray();
    try (CausalModel model = model(MambaSteps.PUBLISHED);
        Sequence first = model.begin()) {
      model.pass(List.of(new Feed(first, Arrays.copyOf(ids, 150), true)));
      assertThat(model.fork(first, 128)).isNull();
      Sequence second = model.fork(first, 150);
      Sequence fresh = model.fork(first, 0);
      float[] other = next(model, first, ids[150]);
      // What the first went on with is not seen by the second.
      assertThat(next(model, second, ids[150])).containsExactly(other);
      assertThat(fresh.tokens()).isZero();
      assertThat(model.pass(List.of(new Feed(fresh, Arrays.copyOf(ids, 150), true))).get(0).all())
          .containsExactly(prompt(model, ids, 150));
      second.close();
      fresh.close();
    }
  }

  private static CausalModel model(MambaSteps steps) {
    return CausalModels.open(open(OWN, steps), CPU, new Resources(2, GIB, 0));
  }

  private static Checkpoint open(Path folder, MambaSteps steps) {
    return Checkpoint.open(folder, Checkpoint.Reading.defaults().with(steps));
  }

  /** The logits behind a prompt that comes in parts. */
  private static float[] prompt(CausalModel model, int[] ids, int... ends) {
    try (Sequence sequence = model.begin()) {
      for (int end : ends) {
        boolean last = end == ends[ends.length - 1];
        int[] part = Arrays.copyOfRange(ids, sequence.tokens(), end);
        var logits = model.pass(List.of(new Feed(sequence, part, last)));
        if (last) {
          return logits.get(0).all();
        }
      }
    }
    throw new IllegalArgumentException("no end");
  }

  /** The logits behind a token that was generated after a prompt. */
  private static float[] answer(CausalModel model, int[] ids, int prompt) {
    try (Sequence sequence = model.begin()) {
      model.pass(List.of(new Feed(sequence, Arrays.copyOf(ids, prompt), true)));
      return next(model, sequence, ids[prompt]);
    }
  }

  private static float[] next(CausalModel model, Sequence sequence, int id) {
    return model.pass(List.of(new Feed(sequence, new int[] {id}, true))).get(0).all();
  }

  @Test
  void takesMemoryForStatesAndForTheKeysOfLayersThatAttend() {
    GenerationMemory memory = GenerationNeed.of(NANO, CPU).plan(new Resources(2, 32 * GIB, 0));
    long state = 21L * (96 * 80 * 128 + 9_728 * 3) * Float.BYTES;
    assertThat(memory.perSequence()).isBetween(state, state + 2_000_000);
    // Of four layers, and once more where a prompt's blocks are put together.
    long keysValues = 5L * 2 * 1_024 * Float.BYTES;
    assertThat(memory.perToken()).isBetween(keysValues, keysValues + 8_000);
  }

  @Test
  void loadsTakeTheirRowsBetweenTheProjectionsOfALayer() {
    MemoryPlan plan = MemoryNeed.of(NANO, CPU).plan(new Resources(2, 16 * GIB, 0));
    assertThat(plan.loadTokens()).isEqualTo(16_384);
    long row = Float.BYTES * (3_136 + 17_504 + 2 * 1_024);
    assertThat(plan.perToken()).isBetween(row, row + 40_000);
    assertThat(plan.fixed()).isBetween(2L * 4 * 3_136 * (17_504 + 7_680), 2 * GIB);
    assertThatThrownBy(() -> MemoryNeed.of(NANO, CPU).plan(new Resources(2, GIB / 2, 0)))
        .hasMessageStartingWith("memory: expected at least ");
  }

  @Test
  void worksAsMuchAsItsMatricesAndStatesAsk() {
    ModelWork work = DecoderWork.of(NANO);
    double matrices = 3.97e9 - 2.0 * 131_072 * 3_136;
    assertThat(work.weightBytes()).isBetween((long) (1.98 * matrices), (long) (2.02 * matrices));
    assertThat(work.linear(1, 1)).isBetween(2 * matrices, 2.1 * matrices);
    assertThat(work.attention(10, 1)).isEqualTo(10.0 * 4 * 4 * 40 * 128);
  }
}
