package io.touchstone.engine.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchstone.engine.device.PrecisionChoice.Here;
import io.touchstone.problem.Refused;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PrecisionChoiceTest {
  private static final DeviceRule CPU = new DeviceRule.Cpu();
  private static final DeviceRule GPU = new DeviceRule.Given();
  private static final HostProcessor WITH = new HostProcessor(true, false);
  private static final HostProcessor WITHOUT = new HostProcessor(false, false);

  @Test
  void bf16IsTheFastestThatTheDeviceHas() {
    assertThat(PrecisionChoice.BF16.on(CPU, WITH, Here.COMPUTES)).isEqualTo(Precision.BF16_NATIVE);
    assertThat(PrecisionChoice.BF16.on(CPU, WITHOUT, Here.COMPUTES)).isEqualTo(Precision.BF16);
    assertThat(PrecisionChoice.BF16.on(GPU, WITH, Here.TELLS)).isEqualTo(Precision.BF16);
  }

  @Test
  void whatIsAskedForByNameIsNothingElse() {
    assertThat(PrecisionChoice.BF16_EMULATED.on(CPU, WITH, Here.COMPUTES))
        .isEqualTo(Precision.BF16);
    assertThat(PrecisionChoice.BF16_NATIVE.on(CPU, WITH, Here.COMPUTES))
        .isEqualTo(Precision.BF16_NATIVE);
    assertThat(PrecisionChoice.FP32.on(CPU, WITH, Here.COMPUTES)).isEqualTo(Precision.FP32);
  }

  @Test
  void aMachineWithoutSuchProductsThatComputesIsRefused() {
    assertThatThrownBy(() -> PrecisionChoice.BF16_NATIVE.on(CPU, WITHOUT, Here.COMPUTES))
        .isInstanceOf(Refused.class)
        .hasMessage(
            "--precision bf16-native: expected a processor that multiplies bf16 numbers"
                + " (avx512_bf16 or amx_bf16), found one that does not; --precision bf16-emulated and"
                + " fp32 run on all");
  }

  @Test
  void aDriverWithoutThemMayTellExecutorsThatHaveThem() {
    assertThat(PrecisionChoice.BF16_NATIVE.on(CPU, WITHOUT, Here.TELLS))
        .isEqualTo(Precision.BF16_NATIVE);
  }

  @Test
  void aGpuHasOnlyItsOwn() {
    for (PrecisionChoice choice :
        List.of(PrecisionChoice.BF16_NATIVE, PrecisionChoice.BF16_EMULATED)) {
      assertThatThrownBy(() -> choice.on(GPU, WITH, Here.TELLS))
          .isInstanceOf(Refused.class)
          .hasMessage(
              "--precision "
                  + choice.word()
                  + ": expected --device cpu beside it, found a GPU, whose own is --precision bf16");
    }
  }

  @Test
  void theTwoOfACpuHaveNamesOfTheirOwnInResults() {
    assertThat(Placing.arithmetic(CPU, Precision.BF16_NATIVE)).isEqualTo("bf16 native");
    assertThat(Placing.arithmetic(CPU, Precision.BF16)).isEqualTo("bf16");
    assertThat(Placing.arithmetic(GPU, Precision.BF16)).isEqualTo("bf16 on cuda");
  }
}
