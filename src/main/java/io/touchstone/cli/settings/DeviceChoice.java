package io.touchstone.cli.settings;

import io.touchstone.cli.call.CallException;
import io.touchstone.cli.call.Readers;
import io.touchstone.cli.job.ScheduledGpus;
import io.touchstone.engine.DeviceRule;
import java.util.OptionalInt;

/** The device that a user asks for; what that comes to depends on who gives out GPUs. */
public sealed interface DeviceChoice {

  record Auto() implements DeviceChoice {}

  record Cpu() implements DeviceChoice {}

  /**
   * @param index empty for the scheduler's choice, or the first one
   */
  record Cuda(OptionalInt index) implements DeviceChoice {}

  static DeviceChoice parse(String text) {
    if (text.equals("auto")) {
      return new Auto();
    }
    if (text.equals("cpu")) {
      return new Cpu();
    }
    if (text.equals("cuda")) {
      return new Cuda(OptionalInt.empty());
    }
    if (text.matches("cuda:\\d{1,4}")) {
      return new Cuda(OptionalInt.of(Integer.parseInt(text.substring("cuda:".length()))));
    }
    throw Readers.refused("auto, cpu, cuda or cuda:N", text);
  }

  /**
   * @throws CallException if Spark was asked for something else
   */
  default DeviceRule rule(ScheduledGpus spark) {
    spark.refuseWhatHangs();
    if (this instanceof Cpu) {
      return new DeviceRule.Cpu();
    }
    if (this instanceof Cuda cuda) {
      return spark.isCluster() ? spark.given(cuda) : new DeviceRule.Cuda(cuda.index().orElse(0));
    }
    if (spark.isCluster()) {
      return spark.gives() ? new DeviceRule.Given() : new DeviceRule.Cpu();
    }
    return new DeviceRule.Best();
  }
}
