package io.touchstone.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class DeviceModelTest {

  @Test
  void weightsThatFitAreBroughtOnce() {
    DeviceModel.Work work = new DeviceModel.Work(0.5 * 989e12 * 10, 0.8 * 64e9, 1_000);
    assertThat(DeviceModel.H100.seconds(work)).isCloseTo(10 + 1, within(1e-9));
    assertThat(DeviceModel.H100.formula(work))
        .isEqualTo(
            "51.2 GB of weights / (0.8 x 64 GB a second)"
                + " + 4.95e+15 operations / (0.5 x 989 x 10^12 a second)");
  }

  @Test
  void weightsThatDoNotFitComeForEachLoadBesideTheArithmetic() {
    double weights = 2 * 0.8 * 64e9;
    double tenSeconds = 0.5 * 989e12 * 10;
    assertThat(DeviceModel.H100.seconds(new DeviceModel.Work(tenSeconds, weights, 4)))
        .isCloseTo(10, within(1e-9));
    assertThat(DeviceModel.H100.seconds(new DeviceModel.Work(tenSeconds, weights, 400)))
        .isCloseTo(800, within(1e-9));
    assertThat(DeviceModel.H100.formula(new DeviceModel.Work(tenSeconds, weights, 400)))
        .startsWith("the larger of ")
        .contains(" and 400 loads x 102 GB of weights / (0.8 x 64 GB a second)")
        .endsWith(", as they do not fit 80 GB");
  }
}
