package io.touchstone.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchstone.jobs.annotate.AnnotateConfig;
import io.touchstone.problem.Refused;
import io.touchstone.spark.FakeScorerFactory;
import io.touchstone.spark.Jobs;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PathCredentialsTest {

  @ParameterizedTest
  @CsvSource({
    "s3a://KEY:SECRET@bucket/a, s3a://*********(redacted)@bucket/a",
    "s3a://KEY:SEC/RET+@bucket/a, s3a://*********(redacted)@bucket/a",
    "ftp://me:123@host/a, ftp://*********(redacted)@host/a",
    "ftp://:pass@host/a, ftp://*********(redacted)@host/a",
  })
  void areHiddenWhereverTheyStand(String path, String hidden) {
    assertThat(PathCredentials.areIn(path)).isTrue();
    assertThat(PathCredentials.hidden(path)).isEqualTo(hidden);
    assertThat(PathCredentials.hidden("x = " + path)).isEqualTo("x = " + hidden);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hdfs://host:8020/a@b.jsonl",
        "hdfs://host:8020",
        "abfs://container@account.net/a:b@c",
        "/tmp/a:b@c.jsonl",
        "file:/tmp/x@y",
        "s3a://bucket/a:b@c"
      })
  void pathsThatOnlyLookLikeItStay(String path) {
    assertThat(PathCredentials.areIn(path)).isFalse();
    assertThat(PathCredentials.hidden(path)).isEqualTo(path);
  }

  @Test
  void noInputOrOutputMayHaveThemAndTheRefusalDoesNotTell(@TempDir Path folder) {
    AnnotateConfig config =
        Jobs.config(folder.resolve("out"), 1 << 20, "s3a://KEY:SECRET@bucket/a.jsonl");
    assertThatThrownBy(() -> Jobs.plan(config, FakeScorerFactory.named("credentials")))
        .isInstanceOf(Refused.class)
        .hasMessageContaining(
            "[s3a://*********(redacted)@bucket/a.jsonl] expected a path without credentials, found"
                + " some: give them to Spark instead, as spark.hadoop.fs.s3a.access.key and the"
                + " like")
        .message()
        .doesNotContain("SECRET");
  }
}
