package io.touchstone.checkpoint.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.checkpoint.TestJson;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Both styles of rotary settings, and what stands before what in transformers 5.23.0. */
final class RotaryReaderTest {
  private static final String LLAMA3 =
      "\"rope_type\": \"llama3\", \"factor\": 8.0, \"low_freq_factor\": 1, \"high_freq_factor\": 4";

  @Test
  void readsTheStyleOf2024() {
    assertThat(read("{\"rope_theta\": 500000.0, \"rope_scaling\": null}"))
        .isEqualTo(new Rotary.Default(500_000));
    assertThat(
            read(
                "{\"rope_theta\": 500000.0, \"rope_scaling\": {"
                    + LLAMA3
                    + ", \"original_max_position_embeddings\": 8192}}"))
        .isEqualTo(new Rotary.Llama3(500_000, 8, 1, 4, 8192));
  }

  @Test
  void readsTheOlderNameOfTheType() {
    assertThat(read("{\"rope_scaling\": {\"type\": \"linear\", \"factor\": 2}}"))
        .isEqualTo(new Rotary.Linear(10_000, 2));
    assertThat(
            read(
                "{\"rope_scaling\": {\"type\": \"linear\", \"rope_type\": \"default\","
                    + " \"factor\": 2}}"))
        .isEqualTo(new Rotary.Default(10_000));
  }

  @Test
  void readsTheStyleOf2026() {
    assertThat(read("{\"rope_parameters\": {\"rope_type\": \"default\", \"rope_theta\": 1e6}}"))
        .isEqualTo(new Rotary.Default(1e6));
    assertThat(
            read(
                "{\"rope_parameters\": {"
                    + LLAMA3
                    + ", \"rope_theta\": 5e5, \"original_max_position_embeddings\": 64}}"))
        .isEqualTo(new Rotary.Llama3(5e5, 8, 1, 4, 64));
  }

  @Test
  void prefersThetaWithin() {
    assertThat(read("{\"rope_theta\": 7.0, \"rope_parameters\": {\"rope_theta\": 5.0}}"))
        .isEqualTo(new Rotary.Default(5));
    assertThat(read("{\"rope_theta\": 7.0, \"rope_parameters\": {\"rope_type\": \"default\"}}"))
        .isEqualTo(new Rotary.Default(7));
  }

  @Test
  void prefersScalingToParameters() {
    String parameters = "\"rope_parameters\": {\"rope_type\": \"default\", \"rope_theta\": 5.0}";
    assertThat(
            read("{" + parameters + ", \"rope_scaling\": {\"type\": \"linear\", \"factor\": 3}}"))
        .isEqualTo(new Rotary.Linear(10_000, 3));
    assertThat(read("{" + parameters + ", \"rope_scaling\": {}}")).isEqualTo(new Rotary.Default(5));
  }

  @Test
  void takesTheOriginalLengthFromBesideThenWithinThenTheModels() {
    String within = ", \"original_max_position_embeddings\": 64";
    assertThat(
            read("{\"rope_scaling\": {" + LLAMA3 + within + "}" + within.replace("64", "32") + "}"))
        .isEqualTo(new Rotary.Llama3(10_000, 8, 1, 4, 32));
    assertThat(read("{\"rope_scaling\": {" + LLAMA3 + within + "}}"))
        .isEqualTo(new Rotary.Llama3(10_000, 8, 1, 4, 64));
    assertThat(read("{\"rope_scaling\": {" + LLAMA3 + "}}"))
        .isEqualTo(new Rotary.Llama3(10_000, 8, 1, 4, 2048));
  }

  @Test
  void allowsAPartialFactorOfOne() {
    assertThat(read("{\"partial_rotary_factor\": 1.0, \"rope_theta\": 5}"))
        .isEqualTo(new Rotary.Default(5));
  }

  @Test
  void refusesAnInfiniteTheta() {
    Problems problems = new Problems();
    RotaryReader.read(
        Fields.of(TestJson.object("{\"rope_theta\": 1e999}"), Problem.in("config.json"), problems),
        1,
        8);
    assertThat(problems.found())
        .containsExactly("[config.json] rope_theta: expected a positive number, found Infinity");
  }

  /** What transformers 5.23.0 makes of these files ({@code _compute_yarn_parameters}). */
  @Test
  void readsYarnAndWhatItLeavesOut() {
    String yarn = "\"type\": \"yarn\", \"factor\": 4.0";
    double attention = 0.1 * Math.log(4) + 1;
    assertThat(
            read(
                "{\"rope_scaling\": {"
                    + yarn
                    + ", \"original_max_position_embeddings\": 512, \"beta_fast\": null}}"))
        .isEqualTo(new Rotary.Yarn(10_000, 4, attention, 32, 1, 512, true));
    assertThat(
            read(
                "{\"rope_parameters\": {"
                    + yarn
                    + ", \"attention_factor\": 0.9, \"beta_fast\": 8, \"beta_slow\": 2.0,"
                    + " \"truncate\": false}}"))
        .isEqualTo(new Rotary.Yarn(10_000, 4, 0.9, 8, 2, 2048, false));
    assertThat(
            read(
                "{\"rope_scaling\": {\"type\": \"yarn\", \"factor\": null,"
                    + " \"original_max_position_embeddings\": 512, \"mscale\": 0.7,"
                    + " \"mscale_all_dim\": 1.0}}"))
        .isEqualTo(
            new Rotary.Yarn(10_000, 4, (0.07 * Math.log(4) + 1) / attention, 32, 1, 512, true));
  }

  @Test
  void turnsYarnsBoundsIntoARampOfDimensions() {
    Rotary.Yarn yarn = new Rotary.Yarn(10_000, 8, 1, 8, 2, 512, true);
    assertThat(yarn.low(16)).isEqualTo(2);
    assertThat(yarn.high(16)).isEqualTo(4);
    Rotary.Yarn step = new Rotary.Yarn(10_000, 8, 1, 2, 2, 512, false);
    assertThat(step.high(16)).isEqualTo(step.low(16) + 0.001);
  }

  @Test
  void readsWhatFollowsTheRowsLength() {
    Rotary dynamic = read("{\"rope_scaling\": {\"type\": \"dynamic\", \"factor\": 2.0}}");
    assertThat(dynamic).isEqualTo(new Rotary.Dynamic(10_000, 2, 2048));
    assertThat(dynamic.stretch(2048)).isZero();
    assertThat(dynamic.stretch(2049)).isEqualTo(2049);
    String factors =
        "\"short_factor\": [1, 1.5, 2, 4], \"long_factor\": [1.0, 2, 8, 16],"
            + " \"original_max_position_embeddings\": 128";
    Rotary longRope = read("{\"rope_scaling\": {\"type\": \"longrope\", " + factors + "}}");
    assertThat(longRope)
        .isEqualTo(
            new Rotary.LongRope(
                10_000,
                List.of(1., 1.5, 2., 4.),
                List.of(1., 2., 8., 16.),
                Math.sqrt(1 + Math.log(16) / Math.log(128)),
                128));
    assertThat(longRope.stretch(128)).isZero();
    assertThat(longRope.stretch(129)).isEqualTo(1);
    assertThat(longRope.stretch(2048)).isEqualTo(1);
  }

  @Test
  void refusesFactorsThatAreNotOneForEachPair() {
    Problems problems = new Problems();
    RotaryReader.read(
        Fields.of(
            TestJson.object(
                "{\"rope_scaling\": {\"type\": \"longrope\", \"short_factor\": [1, 2, 3],"
                    + " \"long_factor\": [1, 2, 3, \"4\"]}}"),
            Problem.in("config.json"),
            problems),
        2048,
        8);
    assertThat(problems.found())
        .containsExactly(
            "[config.json] rope_scaling.short_factor: expected a list of 4 positive numbers, one"
                + " for each pair of a head's rows, found a list of 3",
            "[config.json] rope_scaling.long_factor: expected a list of 4 positive numbers, one"
                + " for each pair of a head's rows, found a list of 4");
  }

  private static Rotary read(String json) {
    Problems problems = new Problems();
    Rotary rotary =
        RotaryReader.read(
            Fields.of(TestJson.object(json), Problem.in("config.json"), problems), 2048, 8);
    assertThat(problems.found()).isEmpty();
    return rotary;
  }
}
