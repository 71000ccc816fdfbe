package io.touchstone.cli.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.cli.settings.AnnotateSettings;
import io.touchstone.cli.settings.ModelSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.internal.config.package$;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretsTest {

  private static final String SECRET = "hunter2";

  private static Settings settings(Map<String, String> spark) {
    Map<String, Layer.Entry> entries = new LinkedHashMap<>();
    spark.forEach((key, text) -> entries.put(key, new Layer.Entry(text, "a.conf:1", key)));
    Map<Setting<?>, Settings.Chosen<?>> chosen =
        Map.of(
            ModelSettings.REWARD_TOKEN,
            new Settings.Chosen<>(7, "7", "default", 0),
            AnnotateSettings.CALIBRATION,
            new Settings.Chosen<>(
                Optional.empty(), "s3a://KEY:" + SECRET + "@bucket/c.json", "default", 0));
    return new Settings(chosen, entries, Map.of(), false);
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
    assertThat(Secrets.DEFAULT)
        .isEqualTo(package$.MODULE$.SECRET_REDACTION_PATTERN().defaultValueString());
  }

  /** As it stands behind no flag, behind any flag, with its key or in a URI, malformed or not. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3a://KEY:hunter2@bucket/a",
        "s3a://KEY:12/hunter2@bucket/a",
        "s3a://KEY:hun@hunter2@bucket/a",
        "s3a://KEY:with space hunter2@bucket/a",
        "s3a:/KEY:hunter2@bucket",
        "s3a:KEY:hunter2@bucket",
        "s3a//KEY:hunter2@bucket",
        "//KEY:hunter2@bucket",
        "S3A://KEY%3Ahunter2@bucket",
        "spark://me:hunter2@host:7077",
        "spark://me:hunter2@host",
        "ftp://me:21/hunter2@host/a",
        "--output=s3a://KEY:hunter2@bucket/a",
        "spark.hadoop.fs.s3a.secret.key=hunter2",
        "fs.s3a.secret.key=hunter2",
        "fs.s3a.secret.key = hunter2",
        "fs.s3a.secret.key:hunter2",
        "fs.s3a.secret.key hunter2",
        "AWS_SECRET_ACCESS_KEY=hunter2",
        "--spark-conf=fs.s3a.access.key=hunter2"
      })
  void areKnownInWhateverWasTyped(String word) {
    String told = Secrets.in(List.of("annotate", word)).hidden("found '" + word + "', or so");
    assertThat(told).doesNotContain(SECRET).startsWith("found '").endsWith("', or so");
  }

  @Test
  void theKeyIsToldAndAShortSecretTakesItWithIt() {
    assertThat(
            Secrets.in(List.of("fs.s3a.secret.key=" + SECRET)).hidden("fs.s3a.secret.key=hunter2"))
        .isEqualTo("fs.s3a.secret.key=*********(redacted)");
    assertThat(Secrets.in(List.of("fs.s3a.secret.key=a")).hidden("a b, found fs.s3a.secret.key=a"))
        .isEqualTo("a b, found *********(redacted)");
  }

  @Test
  void areKnownBehindTheirKey() {
    Secrets secrets = Secrets.in(List.of("--spark-conf", "spark.hadoop.fs.s3a.secret.key", SECRET));
    assertThat(secrets.hidden("[" + SECRET + "] no such file"))
        .isEqualTo("[*********(redacted)] no such file");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hdfs://host:8020/a@b.jsonl",
        "/tmp/12:30@home.jsonl",
        "file:/tmp/12:30@home.jsonl",
        "data/12:30@home.jsonl",
        "abfs://container@account.net/a",
        "https://example.com/@user",
        "--reward-token=5",
        "token=5",
        "spark.executor.memory=8g"
      })
  void whatOnlyLooksLikeOneIsTold(String word) {
    assertThat(Secrets.in(List.of(word)).hidden("found " + word)).isEqualTo("found " + word);
  }
}
