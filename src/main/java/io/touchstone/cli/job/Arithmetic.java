package io.touchstone.cli.job;

import io.touchstone.cli.call.Settings;
import io.touchstone.cli.settings.ModelSettings;
import io.touchstone.cli.settings.RunSettings;
import io.touchstone.engine.device.DeviceRule;
import io.touchstone.engine.device.HostProcessor;
import io.touchstone.engine.device.Placing;
import io.touchstone.engine.device.Precision;
import io.touchstone.problem.Refused;

/**
 * What the call's device and precision come to, for all processes of a job.
 *
 * @param device that is settled
 */
record Arithmetic(DeviceRule device, Precision precision) {

  /**
   * @throws Refused if they do not go together, or this machine computes and lacks them
   */
  static Arithmetic of(Settings settings) {
    ScheduledGpus gpus = ScheduledGpus.of(settings);
    DeviceRule device = Placing.settled(gpus.rule(settings.get(RunSettings.DEVICE)));
    return new Arithmetic(
        device,
        settings
            .get(ModelSettings.PRECISION)
            .on(device, HostProcessor.ofThisMachine(), gpus.here()));
  }
}
