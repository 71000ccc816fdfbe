package io.touchstone.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchstone.checkpoint.Checkpoint;
import io.touchstone.checkpoint.config.DecoderConfig;
import io.touchstone.engine.device.Precision;
import io.touchstone.engine.device.Processor;
import io.touchstone.engine.device.Resources;
import io.touchstone.generation.CausalModel;
import io.touchstone.generation.CausalModel.Feed;
import io.touchstone.generation.CausalModel.Sequence;
import io.touchstone.generation.GenerationMemory;
import io.touchstone.generation.Logits;
import io.touchstone.scoring.ScorerException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class GenerationNeedTest {
  private static final long GIB = 1L << 30;
  private static final Processor CPU = Processor.cpu(Precision.FP32);

  private static final Checkpoint TINY =
      Checkpoint.open(Path.of("src/test/resources/references/qwen3-causal"));

  private static GenerationNeed need(DecoderConfig config) {
    return GenerationNeed.of(config, CPU);
  }

  /** The least memory with which a model's weights are kept. */
  private static long enoughToKeep(GenerationNeed need) {
    long less = 0;
    long enough = 4 * GIB;
    while (enough - less > 1) {
      long between = (less + enough) / 2;
      if (need.keepsWeights(new Resources(1, between, 0))) {
        enough = between;
      } else {
        less = between;
      }
    }
    return enough;
  }

  @Test
  void countsKeysAndValuesOfAllLayersForEachTokenInWholeBlocks() {
    GenerationMemory memory = need(TINY.decoder()).plan(new Resources(1, GIB, 0));
    int keysAndValues = 3 * 2 * 2 * 16 * Float.BYTES;
    assertThat(memory.perToken()).isGreaterThan(keysAndValues);
    assertThat(memory.blockTokens()).isEqualTo(128);
    assertThat(memory.bytes(129) - memory.bytes(128)).isEqualTo(128 * memory.perToken());
    assertThat(memory.bytes(128)).isEqualTo(memory.bytes(1));
    assertThat(memory.perSequence())
        .as("at least a row of logits")
        .isGreaterThan((long) TINY.decoder().vocabSize() * Float.BYTES);
    assertThat(memory.budget()).isEqualTo(GIB);
  }

  @Test
  void takesSmallerPassesWhereMemoryIsShort() {
    GenerationNeed need = need(TINY.decoder());
    int usual = need.plan(new Resources(1, 2 * GIB, 0)).passTokens();
    long least = need.plan(new Resources(1, GIB, 256)).fixed();
    GenerationMemory small = need.plan(new Resources(1, least + (8 << 20), 0));
    assertThat(usual).isEqualTo(2_048);
    assertThat(small.passTokens()).isBetween(256, 1_024);
    assertThat(need.plan(new Resources(1, GIB, 700)).passTokens()).isEqualTo(700);
  }

  @Test
  void refusesLessMemoryThanAShortRowNeeds() {
    assertThatThrownBy(() -> need(TINY.decoder()).plan(new Resources(1, 1 << 20, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching(
            "memory: expected at least \\d+ bytes for two layers of this model, passes of 256"
                + " tokens and a row of 1024, found 1048576");
  }

  @Test
  void sequencesFillTheMemoryThatIsStatedAndMoreAreRefused() {
    long enough = enoughToKeep(need(TINY.decoder()));
    try (CausalModel model = CausalModels.open(TINY, CPU, new Resources(1, enough, 256))) {
      GenerationMemory memory = model.memory();
      List<Sequence> sequences = new ArrayList<>();
      int[] ids = new Random(1).ints(200, 0, model.vocabulary()).toArray();
      long taken = 0;
      while (taken + memory.bytes(200) <= memory.forSequences()) {
        Sequence sequence = model.begin();
        model.pass(List.of(new Feed(sequence, ids, false)));
        sequences.add(sequence);
        taken += memory.bytes(200);
      }
      assertThat(sequences.size()).isGreaterThan(30);
      assertThatThrownBy(
              () -> {
                while (true) {
                  Sequence sequence = model.begin();
                  sequences.add(sequence);
                  model.pass(List.of(new Feed(sequence, ids, false)));
                }
              })
          .isInstanceOf(ScorerException.class)
          .hasMessageMatching(
              "expected sequences within the memory that the model states, found none of its \\d+"
                  + " blocks of 128 tokens free");
      float[] before = next(model, sequences.get(0), ids);
      sequences.get(1).close();
      sequences.get(sequences.size() - 1).close();
      try (Sequence again = model.begin()) {
        model.pass(List.of(new Feed(again, ids, false)));
        assertThat(next(model, again, ids)).as("in blocks that others had").isEqualTo(before);
      }
    }
  }

  private static float[] next(CausalModel model, Sequence sequence, int[] ids) {
    return model.pass(List.of(new Feed(sequence, Arrays.copyOf(ids, 1), true))).get(0).all();
  }

  /** A head of many tiles, two layers at a time: other ways to the same bits. */
  @Test
  void weightsThatAreBroughtForEachPassGiveTheBitsOfThoseThatAreKept() {
    long enough = enoughToKeep(need(TINY.decoder()));
    int[] ids = new Random(2).ints(200, 0, TINY.decoder().vocabSize()).toArray();
    try (CausalModel kept = CausalModels.open(TINY, CPU, new Resources(1, enough, 0));
        CausalModel brought = CausalModels.open(TINY, CPU, new Resources(1, enough - 1, 0))) {
      assertThat(brought.memory().fixed()).isLessThan(kept.memory().fixed());
      for (int round = 0; round < 2; round++) {
        assertThat(read(brought, ids)).isEqualTo(read(kept, ids));
      }
    }
  }

  private static List<Object> read(CausalModel model, int[] ids) {
    try (Sequence sequence = model.begin()) {
      List<Object> seen = new ArrayList<>();
      Logits logits = model.pass(List.of(new Feed(sequence, ids, true))).get(0);
      for (int i = 0; i < 3; i++) {
        seen.add(logits.argmax());
        seen.add(logits.logSumExp());
        for (float logit : logits.all()) {
          seen.add(logit);
        }
        logits = model.pass(List.of(new Feed(sequence, new int[] {i}, true))).get(0);
      }
      return seen;
    }
  }

  @Test
  void refusesFeedsThatAreNone() {
    try (CausalModel model = CausalModels.open(TINY, CPU, new Resources(1, GIB, 400))) {
      Sequence sequence = model.begin();
      assertRefused(model, "feed 0: expected at least one token, found 0", feed(sequence));
      assertRefused(
          model,
          "feed 1: expected each sequence once, found one again",
          feed(sequence, 1),
          feed(sequence, 2));
      assertRefused(model, "feed 0: expected ids from 0 to 559, found 560", feed(sequence, 560));
      assertRefused(
          model, "pass: expected at most 400 tokens, found 401", feed(sequence, new int[401]));
      model.pass(List.of(feed(sequence, 1, 2, 3)));
      assertRefused(
          model,
          "feed 0: expected one token after 3, which are no whole chunks, found 2",
          feed(sequence, 4, 5));
      assertThatThrownBy(() -> model.fork(sequence, 2))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("fork: expected all of 3 tokens or a multiple of 128, found 2");
      assertThat(sequence.tokens()).isEqualTo(3);
    }
  }

  private static Feed feed(Sequence sequence, int... ids) {
    return new Feed(sequence, ids, false);
  }

  private static void assertRefused(CausalModel model, String message, Feed... feeds) {
    assertThatThrownBy(() -> model.pass(List.of(feeds)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
