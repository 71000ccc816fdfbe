package io.touchstone.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.touchstone.generation.GenerationWork;
import org.junit.jupiter.api.Test;

/** The figures of docs/generate.md. */
final class GenerationOnPaperTest {
  private static final GenerationWork LLAMA_70B =
      new GenerationWork(139_000_000_000L, 141e9, 320 << 10, 0);
  private static final GenerationWork QWEN_32B =
      new GenerationWork(64_000_000_000L, 66e9, 256 << 10, 0);
  private static final GenerationWork NANO_4B =
      new GenerationWork(7_100_000_000L, 7.1e9, 16 << 10, 84_000_000);

  @Test
  void weightsThatDoNotFitComeFromTheHostInEachPass() {
    GenerationOnPaper paper = new GenerationOnPaper(DeviceModel.L4, LLAMA_70B, 1_024, 10_000);

    assertThat(paper.isResident()).isFalse();
    assertThat(paper.rows()).isEqualTo(35);
    assertThat(paper.tokensPerSecond()).isCloseTo(35 / (139 / 25.6), within(1e-9));
    assertThat(paper.formula())
        .isEqualTo(
            "6 tokens a second = 35 under way / the largest of 0.0816 s to compute, 5.43 s to bring 139"
                + " GB of weights from the host, and 0.0489 s to read what is remembered of 1,024"
                + " tokens each");
    assertThat(paper.seconds(500_000, 500_000))
        .isCloseTo(500_000 / (35 / (139 / 25.6)) + 500_000 * 141e9 / 60.5e12, within(1e-6));
  }

  @Test
  void weightsThatFitAreReadFromTheGpusOwnMemory() {
    GenerationOnPaper paper = new GenerationOnPaper(DeviceModel.H200, QWEN_32B, 4_096, 10_000);

    assertThat(paper.isResident()).isTrue();
    assertThat(paper.rows()).isEqualTo(58);
    // 62.3 GB are remembered, and 64 GB are the weights.
    double bytes = 64e9 + 58 * 4_096.0 * (256 << 10);
    assertThat(paper.tokensPerSecond()).isCloseTo(58 / (bytes / 3_840e9), within(1e-9));
    assertThat(paper.formula())
        .isEqualTo(
            "1,764 tokens a second = 58 under way / the larger of 0.00774 s to compute and 0.0167 s to"
                + " read 64.0 GB of weights, which stay in its memory, + 0.0162 s to read what is"
                + " remembered of 4,096 tokens each");
  }

  @Test
  void aStateOfOneSizeCountsForEachAnswer() {
    GenerationOnPaper paper = new GenerationOnPaper(DeviceModel.L4, NANO_4B, 1_024, 100);

    assertThat(paper.rows()).isEqualTo(100);
    assertThat(paper.tokensPerSecond())
        .isCloseTo(100 / ((7.1e9 + 100 * (84e6 + 1_024 * 16_384)) / 240e9), within(1e-9));
  }

  @Test
  void whatFitsNotOnceIsSaid() {
    GenerationOnPaper paper = new GenerationOnPaper(DeviceModel.L4, QWEN_32B, 65_536, 10);

    assertThat(paper.tokensPerSecond()).isZero();
    assertThat(paper.seconds(1, 1)).isInfinite();
    assertThat(paper.formula())
        .isEqualTo("not one answer of 65,536 tokens fits: it takes 17.2 GB beside the weights");
  }
}
