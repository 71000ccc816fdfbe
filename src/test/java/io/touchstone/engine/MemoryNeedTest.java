package io.touchstone.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchstone.checkpoint.Checkpoint;
import io.touchstone.checkpoint.config.Activation;
import io.touchstone.checkpoint.config.DecoderConfig;
import io.touchstone.checkpoint.config.DecoderSizes;
import io.touchstone.checkpoint.config.Experts;
import io.touchstone.checkpoint.config.Mlp;
import io.touchstone.checkpoint.config.Rotary;
import io.touchstone.checkpoint.config.SlidingWindow;
import io.touchstone.engine.device.Precision;
import io.touchstone.engine.device.Processor;
import io.touchstone.engine.device.Resources;
import io.touchstone.scoring.MemoryPlan;
import io.touchstone.scoring.ReplicaDevice;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class MemoryNeedTest {
  private static final long GIB = 1L << 30;

  /** Llama-3.1-70B's layers. */
  private static final DecoderConfig LARGE = withHeadsOf(128);

  private static DecoderConfig withHeadsOf(int headDim) {
    return with(headDim, SlidingWindow.NONE);
  }

  private static DecoderConfig with(int headDim, SlidingWindow window) {
    DecoderSizes sizes = new DecoderSizes(8_192, 28_672, 80, 64, 8, headDim, 128_256, 131_072);
    DecoderConfig decoder = DecoderConfig.of(sizes, false, 1e-5, new Rotary.Default(500_000));
    return decoder.with(decoder.attention().with(window));
  }

  @Test
  void planTakesTheUsualLoadWhereMemoryAllowsIt() {
    MemoryPlan plan = plan(Precision.FP32, new Resources(2, 64 * GIB, 0));
    assertThat(plan.loadTokens()).isEqualTo(16_384);
    assertThat(plan.bytesFor(plan.loadTokens())).isBetween(7 * GIB, 12 * GIB);
    assertThat(plan.mostTokens()).isGreaterThan(500_000);
  }

  @Test
  void countsAllExpertsOfTwoLayersAndTheRowsOfOne() {
    DecoderSizes sizes = new DecoderSizes(2_048, 6_144, 48, 32, 4, 128, 151_936, 40_960);
    DecoderConfig dense = DecoderConfig.of(sizes, false, 1e-6, new Rotary.Default(1_000_000));
    Experts.Names names = new Experts.Names("r", "e.", ".g", ".u", ".d");
    DecoderConfig sparse =
        dense.with(
            new Mlp(Activation.SILU, true, false)
                .with(new Experts(128, 8, 768, true, Set.of(), names)));
    Processor processor = Processor.cpu(Precision.FP32);
    Resources one = new Resources(1, 64 * GIB, 1_024);
    long more =
        MemoryNeed.of(sparse, processor).plan(one).fixed()
            - MemoryNeed.of(dense, processor).plan(one).fixed();
    long experts = 2L * 4 * 3 * 128 * 768 * 2_048;
    long mlps = 2L * 4 * 3 * 6_144 * 2_048;
    assertThat(more).isBetween(experts - mlps, experts - mlps + GIB / 2);
    assertThat(DecoderWork.of(sparse).perToken())
        .as("operations of eight experts, and not of all")
        .isBetween(2.0 * 48 * 3 * 8 * 768 * 2_048, 2.0 * 48 * 3 * 16 * 768 * 2_048);
  }

  @Test
  void planTakesFewerTokensWhereMemoryIsShort() {
    long least = plan(Precision.FP32, new Resources(2, 64 * GIB, 1_024)).bytesFor(1_024);
    MemoryPlan plan = plan(Precision.FP32, new Resources(2, least + GIB / 4, 0));
    assertThat(plan.loadTokens()).isBetween(1_024, 10_000).isEqualTo(plan.mostTokens());
    assertThat(plan.bytesFor(plan.loadTokens())).isLessThanOrEqualTo(plan.budget());
    assertThat(plan.bytesFor(plan.loadTokens() + 1)).isGreaterThan(plan.budget());
  }

  @Test
  void refusesLessThanASmallLoadNeedsAndMoreThanFits() {
    assertThatThrownBy(() -> plan(Precision.FP32, new Resources(2, GIB, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching(
            "memory: expected at least \\d+ bytes for two layers of this model and 1024 tokens,"
                + " found 1073741824");
    assertThatThrownBy(() -> plan(Precision.FP32, new Resources(2, 10 * GIB, 1_000_000)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching(
            "load tokens: expected at most \\d+, which fit 10737418240 bytes of memory, found"
                + " 1000000");
  }

  @Test
  void aGpuKeepsAllLayersWhereTheyFitAndElseTakesLargerLoads() {
    MemoryNeed need = MemoryNeed.of(LARGE, Processor.of(new ReplicaDevice.Cuda(0), Precision.BF16));
    Resources small = new Resources(1, 24 * GIB / 10 * 9, 0);
    Resources large = new Resources(1, 192 * GIB / 10 * 9, 0);
    assertThat(need.keepsAllLayers(small)).isFalse();
    assertThat(need.plan(small).loadTokens()).isEqualTo(65_536);
    assertThat(need.keepsAllLayers(large)).isTrue();
    assertThat(need.plan(large).loadTokens()).isEqualTo(16_384);
    assertThat(need.plan(large).fixed())
        .as("most of 70 billion numbers of 2 bytes")
        .isGreaterThan(130_000_000_000L);
  }

  @Test
  void countsWhatFillsUpRowsOfKeysAndValues() {
    Processor cpu = Processor.cpu(Precision.FP32);
    long angles = Float.BYTES * 2;
    assertThat(MemoryNeed.of(withHeadsOf(98), cpu).perToken())
        .as("rows of 98 as wide as rows of 112")
        .isEqualTo(MemoryNeed.of(withHeadsOf(112), cpu).perToken() - 7 * angles);
    assertThat(MemoryNeed.of(withHeadsOf(98), cpu).perTokenInThread())
        .isEqualTo(2L * 8 * 112 * Float.BYTES);
  }

  @Test
  void aProcessorsOwnBf16ProductsTakeTwoBytesOfANumberButForWhatMakesKeys() {
    MemoryNeed wide = MemoryNeed.of(LARGE, Processor.cpu(Precision.BF16));
    MemoryNeed own = MemoryNeed.of(LARGE, Processor.cpu(Precision.BF16_NATIVE));
    long numbers = MemoryNeed.layerNumbers(LARGE, Processor.cpu(Precision.FP32));
    long heads = (LARGE.heads() + 2L * LARGE.kvHeads()) * LARGE.headDim();
    long ofHeads = heads * LARGE.hiddenSize();
    assertThat(wide.fixed() - own.fixed()).as("two layers").isEqualTo(2 * 2 * (numbers - ofHeads));
    assertThat(own.perToken()).isEqualTo(wide.perToken());
    assertThat(own.perTokenInThread()).isEqualTo(wide.perTokenInThread());
  }

  private static MemoryPlan plan(Precision precision, Resources resources) {
    return MemoryNeed.of(LARGE, Processor.cpu(precision)).plan(resources);
  }

  @Test
  void countsTheMaskOfAWindowThatRowsCanBeLongerThan() {
    Processor cpu = Processor.cpu(Precision.FP32);
    long without = MemoryNeed.of(withHeadsOf(128), cpu).fixed();
    assertThat(MemoryNeed.of(with(128, new SlidingWindow(4_096, Set.of(0))), cpu).fixed())
        .isEqualTo(without + 4L * 96 * (4_096 + 96));
    assertThat(MemoryNeed.of(with(128, new SlidingWindow(131_072, Set.of(0))), cpu).fixed())
        .isEqualTo(without);
  }

  @Test
  void countsTheFirstLayerOfAHeadOfTwo() {
    Processor cpu = Processor.cpu(Precision.FP32);
    Checkpoint checkpoint = Checkpoint.open(Path.of("src/test/resources/references/llama-inform"));
    assertThat(MemoryNeed.of(checkpoint, cpu).fixed())
        .isEqualTo(
            MemoryNeed.of(checkpoint.decoder(), cpu).fixed()
                + 4L * (48 * (48 + 2) + 2 * 48 * 1_024));
  }
}
