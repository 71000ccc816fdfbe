package io.touchstone.cli.job;

import io.touchstone.cli.call.JobFlags;
import io.touchstone.cli.call.Settings;
import io.touchstone.cli.settings.DeviceChoice;
import io.touchstone.cli.settings.RunSettings;
import io.touchstone.engine.device.DeviceRule;
import io.touchstone.engine.device.PrecisionChoice.Here;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Refused;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.SparkConf;

/** What Spark is asked to give to executors and tasks beside cores and memory. */
record ScheduledGpus(SparkConf conf) {
  private static final String OF_A_TASK = "spark.task.resource.gpu.amount";
  private static final String OF_AN_EXECUTOR = "spark.executor.resource.gpu.amount";

  static ScheduledGpus of(Settings settings) {
    return new ScheduledGpus(SparkStart.conf(settings.spark(), settings.get(RunSettings.THREADS)));
  }

  /**
   * The device that a user's choice comes to.
   *
   * @throws Refused if Spark was asked for something else
   */
  DeviceRule rule(DeviceChoice choice) {
    refuseWhatHangs();
    if (choice instanceof DeviceChoice.Cpu) {
      return new DeviceRule.Cpu();
    }
    if (choice instanceof DeviceChoice.Cuda cuda) {
      return isCluster() ? given(cuda) : new DeviceRule.Cuda(cuda.index().orElse(0));
    }
    if (isCluster()) {
      return gives() ? new DeviceRule.Given() : new DeviceRule.Cpu();
    }
    return new DeviceRule.Best();
  }

  /** Whether this process computes. */
  Here here() {
    return isCluster() ? Here.TELLS : Here.COMPUTES;
  }

  private boolean isCluster() {
    return !master().matches("local(\\[.*)?");
  }

  private String master() {
    return conf.get(JobFlags.SPARK_MASTER, "local[*]");
  }

  /** Whether each task gets a GPU, or a share of one. */
  private boolean gives() {
    return conf.contains(OF_A_TASK);
  }

  /** Spark would wait for ever, or reserve GPUs for tasks that are told of none. */
  private void refuseWhatHangs() {
    if (!isCluster()) {
      List<String> asked =
          Arrays.stream(conf.getAll())
              .map(entry -> entry._1())
              .filter(key -> key.matches("spark\\.(executor|task)\\.resource\\..*\\.amount"))
              .toList();
      if (!asked.isEmpty()) {
        throw Refused.because(
            Problem.at(asked.get(0))
                .expected("--master of a cluster beside it")
                .found(master() + "; one process takes --device cuda:N"));
      }
    } else if (conf.contains(OF_AN_EXECUTOR) != gives()) {
      String missing = gives() ? OF_AN_EXECUTOR : OF_A_TASK;
      throw Refused.because(
          Problem.at(missing)
              .expected("beside " + (gives() ? OF_A_TASK : OF_AN_EXECUTOR))
              .found("nothing: tasks would be given no GPU"));
    }
  }

  /** The rule for a cluster's GPUs. */
  private DeviceRule given(DeviceChoice.Cuda asked) {
    if (asked.index().isPresent()) {
      throw Refused.because(
          Problem.at("--device")
              .expected("cuda beside --master, as Spark chooses the GPU")
              .found("cuda:" + asked.index().getAsInt()));
    }
    if (!gives()) {
      throw Refused.because(
          Problem.at("--device cuda")
              .expected(OF_AN_EXECUTOR + " and " + OF_A_TASK + " beside --master")
              .found("neither"));
    }
    return new DeviceRule.Given();
  }
}
