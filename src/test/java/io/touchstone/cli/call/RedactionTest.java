package io.touchstone.cli.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.cli.settings.AnnotateSettings;
import io.touchstone.cli.settings.ModelSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.internal.config.package$;
import org.junit.jupiter.api.Test;

final class RedactionTest {

  private static final String SECRET = "hunter2";

  private static Settings settings(Map<String, String> spark) {
    Map<String, Layer.Entry> entries = new LinkedHashMap<>();
    spark.forEach((key, text) -> entries.put(key, new Layer.Entry(text, "a.conf:1", key)));
    Map<Setting<?>, Settings.Chosen<?>> chosen =
        Map.of(
            ModelSettings.REWARD_TOKEN,
            new Settings.Chosen<>(7, "7", "default"),
            AnnotateSettings.CALIBRATION,
            new Settings.Chosen<>(
                Optional.empty(), "s3a://KEY:" + SECRET + "@bucket/c.json", "default"));
    return new Settings(chosen, entries, false);
  }

  @Test
  void credentialsStandInNoTextOfTheSettings() {
    Settings settings =
        settings(
            Map.of(
                "spark.hadoop.fs.s3a.secret.key",
                SECRET,
                "spark.hadoop.fs.s3a.access.key",
                SECRET,
                "spark.ssl.keyStorePassword",
                SECRET,
                "spark.executor.extraJavaOptions",
                "-Dtoken=" + SECRET,
                "spark.hadoop.fs.defaultFS",
                "ftp://me:" + SECRET + "@host/",
                "spark.executor.memory",
                "1g"));
    assertThat(settings.texts())
        .containsEntry("spark.hadoop.fs.s3a.secret.key", "*********(redacted)")
        .containsEntry("spark.hadoop.fs.defaultFS", "ftp://*********(redacted)@host/")
        .containsEntry("output.calibration", "s3a://*********(redacted)@bucket/c.json")
        .containsEntry("spark.executor.memory", "1g")
        .containsEntry("model.reward-token", "7");
    assertThat(settings.texts().toString() + settings.describe()).doesNotContain(SECRET);
    assertThat(settings.spark()).as("what Spark gets").containsValue(SECRET);
  }

  @Test
  void theUsersPatternOfSparkHolds() {
    Map<String, String> spark = Map.of("spark.redaction.regex", "memory", "spark.x.memory", "1g");
    assertThat(settings(spark).texts())
        .containsEntry("spark.x.memory", "*********(redacted)")
        .containsEntry("spark.redaction.regex", "memory");
  }

  @Test
  void theDefaultPatternIsSparks() {
    assertThat(Redaction.DEFAULT)
        .isEqualTo(package$.MODULE$.SECRET_REDACTION_PATTERN().defaultValueString());
  }
}
