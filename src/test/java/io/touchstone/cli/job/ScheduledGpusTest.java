package io.touchstone.cli.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchstone.cli.settings.DeviceChoice;
import io.touchstone.engine.device.DeviceRule;
import io.touchstone.problem.Refused;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ScheduledGpusTest {
  private static final String OF_AN_EXECUTOR = "spark.executor.resource.gpu.amount";
  private static final String OF_A_TASK = "spark.task.resource.gpu.amount";

  @Test
  void oneProcessTakesTheDeviceThatIsAskedFor() {
    ScheduledGpus local = spark("local[2,4]");
    assertThat(rule("auto", local)).isEqualTo(new DeviceRule.Best());
    assertThat(rule("cpu", local)).isEqualTo(new DeviceRule.Cpu());
    assertThat(rule("cuda", local)).isEqualTo(new DeviceRule.Cuda(0));
    assertThat(rule("cuda:3", local)).isEqualTo(new DeviceRule.Cuda(3));
  }

  @Test
  void onAClusterGpusAreSparksToGive() {
    ScheduledGpus none = spark("spark://host:7077");
    ScheduledGpus some = spark("spark://host:7077", OF_AN_EXECUTOR, OF_A_TASK);
    assertThat(rule("auto", none)).isEqualTo(new DeviceRule.Cpu());
    assertThat(rule("auto", some)).isEqualTo(new DeviceRule.Given());
    assertThat(rule("cuda", some)).isEqualTo(new DeviceRule.Given());
    assertThat(rule("cpu", some)).isEqualTo(new DeviceRule.Cpu());
    assertRefused(
        "cuda:1",
        some,
        "--device: expected cuda beside --master, as Spark chooses the GPU, found cuda:1");
    assertRefused(
        "cuda",
        none,
        "--device cuda: expected spark.executor.resource.gpu.amount and"
            + " spark.task.resource.gpu.amount beside --master, found neither");
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "cpu", "cuda"})
  void whatSparkWouldWaitForIsRefused(String device) {
    assertRefused(
        device,
        spark("local[*]", OF_A_TASK),
        "spark.task.resource.gpu.amount: expected --master of a cluster beside it, found local[*];"
            + " one process takes --device cuda:N");
    assertRefused(
        device,
        spark("yarn", OF_AN_EXECUTOR),
        "spark.task.resource.gpu.amount: expected beside spark.executor.resource.gpu.amount, found"
            + " nothing: tasks would be given no GPU");
  }

  @Test
  void refusesOtherWords() {
    assertThatThrownBy(() -> DeviceChoice.parse("gpu"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected auto, cpu, cuda or cuda:N, found 'gpu'");
  }

  private static void assertRefused(String device, ScheduledGpus spark, String problem) {
    assertThatThrownBy(() -> rule(device, spark))
        .isInstanceOfSatisfying(
            Refused.class, e -> assertThat(e.problems()).containsExactly(problem));
  }

  private static DeviceRule rule(String device, ScheduledGpus spark) {
    return spark.rule(DeviceChoice.parse(device));
  }

  private static ScheduledGpus spark(String master, String... asked) {
    SparkConf conf = new SparkConf(false).set("spark.master", master);
    for (String key : asked) {
      conf.set(key, "1");
    }
    return new ScheduledGpus(conf);
  }
}
