package io.touchstone.engine.device;

import io.touchstone.problem.Problem;
import io.touchstone.scoring.GivenGpu;
import io.touchstone.scoring.ReplicaDevice;
import io.touchstone.scoring.ScorerException;
import java.util.Optional;

/** From a rule to places. */
public final class Placing {
  private Placing() {}

  /** A rule that holds for all processes of a job, and so for what its scores depend on. */
  public static DeviceRule settled(DeviceRule rule) {
    if (!(rule instanceof DeviceRule.Best)) {
      return rule;
    }
    return Libtorch.best() instanceof ReplicaDevice.Cuda cuda
        ? new DeviceRule.Cuda(cuda.index())
        : new DeviceRule.Cpu();
  }

  /** Where a process runs that no scheduler has given anything. */
  public static ReplicaDevice alone(DeviceRule rule) {
    return rule instanceof DeviceRule.Given
        ? new ReplicaDevice.Cuda(0)
        : place(rule, Optional.empty());
  }

  /**
   * @throws ScorerException if the rule asks for a GPU of the scheduler's, and there is none
   */
  public static ReplicaDevice place(DeviceRule rule, Optional<GivenGpu> given) {
    if (rule instanceof DeviceRule.Cuda cuda) {
      return new ReplicaDevice.Cuda(cuda.index());
    }
    if (rule instanceof DeviceRule.Given) {
      return new ReplicaDevice.Cuda(
          index(
              given.orElseThrow(
                  () ->
                      new ScorerException(
                          Problem.at("device")
                              .expected("a GPU that the scheduler gave to the task")
                              .found("none")))));
    }
    return rule instanceof DeviceRule.Best ? Libtorch.best() : new ReplicaDevice.Cpu();
  }

  private static int index(GivenGpu gpu) {
    if (!gpu.address().matches("\\d{1,4}")) {
      throw new ScorerException(
          Problem.at("device")
              .expected("the index of a CUDA device as the address that the scheduler gives")
              .found(gpu.address()));
    }
    return Integer.parseInt(gpu.address());
  }

  /** What a score's last bits, and on a GPU more than those, depend on. */
  public static String arithmetic(DeviceRule rule, Precision precision) {
    return rule instanceof DeviceRule.Cpu ? precision.word() : precision.word() + " on cuda";
  }
}
