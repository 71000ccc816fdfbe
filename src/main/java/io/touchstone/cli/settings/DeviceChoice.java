package io.touchstone.cli.settings;

import io.touchstone.cli.call.Readers;
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
}
