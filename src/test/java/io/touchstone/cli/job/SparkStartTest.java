package io.touchstone.cli.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchstone.problem.Refused;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

final class SparkStartTest {

  @Test
  void sparkInThisProcessIsQuietLocalAndTriesFourTimes() {
    SparkConf conf = SparkStart.embedded(Map.of(), OptionalInt.empty());

    assertThat(conf.get("spark.master")).isEqualTo("local[*,4]");
    assertThat(conf.get("spark.ui.enabled")).isEqualTo("false");
    assertThat(conf.get("spark.ui.showConsoleProgress")).isEqualTo("false");
    assertThat(conf.get("spark.eventLog.enabled")).isEqualTo("false");
    assertThat(conf.get("spark.driver.host")).isEqualTo("127.0.0.1");
    assertThat(conf.get("spark.driver.bindAddress")).isEqualTo("127.0.0.1");
    assertThat(conf.get("spark.executor.heartbeatInterval")).isEqualTo("1s");
  }

  @Test
  void theUsersSettingsOfSparkWin() {
    SparkConf conf =
        SparkStart.embedded(
            Map.of("spark.master", "local[3]", "spark.ui.enabled", "true"), OptionalInt.of(2));

    assertThat(conf.get("spark.master")).isEqualTo("local[3]");
    assertThat(conf.get("spark.ui.enabled")).isEqualTo("true");
  }

  @Test
  void asManyTasksRunAsTheJobHasThreads() {
    assertThat(SparkStart.embedded(Map.of(), OptionalInt.of(3)).get("spark.master"))
        .isEqualTo("local[3,4]");
  }

  @Test
  void aHeapThatSparkWouldNotTakeIsRefusedWithTheWayOn() {
    SparkStart.refuseSmallHeap(471_859_200);
    assertThatThrownBy(() -> SparkStart.refuseSmallHeap(257_425_408))
        .isInstanceOf(Refused.class)
        .hasMessage(
            "memory: expected a Java heap of 450 MiB or more, as Spark does, found 245 MiB:"
                + " TOUCHSTONE_JAVA_OPTS=-Xmx1g sets it where the machine has so much");
  }
}
