package io.touchstone.checkpoint.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.checkpoint.TestJson;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
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
        1);
    assertThat(problems.found())
        .containsExactly("[config.json] rope_theta: expected a positive number, found Infinity");
  }

  private static Rotary read(String json) {
    Problems problems = new Problems();
    Rotary rotary =
        RotaryReader.read(
            Fields.of(TestJson.object(json), Problem.in("config.json"), problems), 2048);
    assertThat(problems.found()).isEmpty();
    return rotary;
  }
}
