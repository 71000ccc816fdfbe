package io.touchstone.engine.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchstone.scoring.GivenGpu;
import io.touchstone.scoring.ReplicaDevice;
import io.touchstone.scoring.ScorerException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PlacingTest {

  @Test
  void aTaskRunsOnTheGpuThatItWasGiven() {
    assertThat(Placing.place(new DeviceRule.Given(), given("1")))
        .isEqualTo(new ReplicaDevice.Cuda(1));
    assertThat(Placing.place(new DeviceRule.Cuda(2), given("1")))
        .isEqualTo(new ReplicaDevice.Cuda(2));
    assertThat(Placing.place(new DeviceRule.Cpu(), given("1"))).isEqualTo(new ReplicaDevice.Cpu());
    assertThat(Placing.alone(new DeviceRule.Given())).isEqualTo(new ReplicaDevice.Cuda(0));
  }

  @Test
  void refusesATaskThatWasGivenNoGpuOrAnUnknownOne() {
    assertThatThrownBy(() -> Placing.place(new DeviceRule.Given(), Optional.empty()))
        .isInstanceOf(ScorerException.class)
        .hasMessage("device: expected a GPU that the scheduler gave to the task, found none");
    assertThatThrownBy(() -> Placing.place(new DeviceRule.Given(), given("GPU-9a1f")))
        .isInstanceOf(ScorerException.class)
        .hasMessage(
            "device: expected the index of a CUDA device as the address that the scheduler gives,"
                + " found GPU-9a1f");
  }

  private static Optional<GivenGpu> given(String address) {
    return Optional.of(new GivenGpu(address));
  }
}
