package io.touchstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No secret is repeated, behind whatever flag of whatever job it stands. Jobs and flags are read
 * from the help, which names all of them: one that is new is tried too.
 */
final class LeakTest {
  private static final String SECRET = "hunter2";

  private static final List<String> TYPED =
      List.of(
          "s3a://AKIA:" + SECRET + "@bucket/a",
          "s3a://AKIA:12/" + SECRET + "@bucket/a",
          "s3a://AKIA:a b" + SECRET + "@bucket/a",
          "s3a:AKIA:" + SECRET + "@bucket",
          "spark://me:" + SECRET + "@host",
          "spark://me:" + SECRET + "@host:7077",
          "fs.s3a.secret.key=" + SECRET,
          "spark.hadoop.fs.s3a.secret.key:" + SECRET);

  @TempDir Path folder;

  private static String help(String... call) {
    Program program = Program.installed();
    program.run(call);
    return program.out();
  }

  private static List<String> words(Pattern line, String help) {
    return line.matcher(help).results().map((MatchResult found) -> found.group(1)).toList();
  }

  static Stream<String> jobs() {
    return words(Pattern.compile("(?m)^  ([a-z]+) {2,}\\S"), help("--help")).stream();
  }

  static List<String> flags(String job) {
    return words(Pattern.compile("(?m)^ *(--[a-z][a-z-]*)"), help(job, "--help"));
  }

  @Test
  void theHelpNamesJobsAndFlags() {
    assertThat(jobs()).contains("annotate", "ledger", "report").hasSizeGreaterThanOrEqualTo(7);
    assertThat(flags("annotate"))
        .contains("--output", "--conf", "--master", "--spark-conf", "--ledger", "--calibration")
        .hasSizeGreaterThan(30);
    assertThat(flags("filter")).contains("--kept", "--dropped");
  }

  @ParameterizedTest
  @MethodSource("jobs")
  void noFlagRepeatsASecret(String job) {
    for (String typed : TYPED) {
      for (String flag : flags(job)) {
        isSilent(List.of(job, folder + "/none.jsonl", flag, typed));
        isSilent(List.of(job, folder + "/none.jsonl", flag + "=" + typed));
        isSilent(List.of(job, folder + "/none.jsonl", flag + "x=" + typed));
      }
      isSilent(List.of(job, typed));
      isSilent(List.of(typed));
      isSilent(List.of(job, "show", typed));
    }
  }

  @ParameterizedTest
  @MethodSource("jobs")
  void noSettingOfAFileRepeatsASecret(String job) throws IOException {
    List<String> keys =
        new ArrayList<>(List.of("spark.master", "fs.s3a.secret.key", "model.path ="));
    Path defaults = Path.of("conf", job + ".conf");
    keys.addAll(words(Pattern.compile("(?m)^([a-z][a-z.-]*) ="), Files.readString(defaults)));
    Path conf = folder.resolve("my.conf");
    for (String typed : TYPED) {
      for (String key : keys) {
        Files.writeString(conf, key + " = " + typed + "\n");
        isSilent(List.of(job, folder + "/none.jsonl", "--conf", conf.toString()));
      }
      Files.writeString(conf, typed + "\n");
      isSilent(List.of(job, folder + "/none.jsonl", "--conf", conf.toString()));
    }
  }

  private static void isSilent(List<String> call) {
    Program program = Program.installed();
    program.run(call);
    assertThat(program.out() + program.err())
        .as("what is said of %s", call)
        .isNotEmpty()
        .doesNotContain(SECRET);
  }
}
