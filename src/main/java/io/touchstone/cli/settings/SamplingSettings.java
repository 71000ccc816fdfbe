package io.touchstone.cli.settings;

import io.touchstone.cli.call.Readers;
import io.touchstone.cli.call.Setting;
import io.touchstone.cli.call.Topic;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.DoublePredicate;
import java.util.function.Function;

/** Which tokens an answer has, and how many. */
public final class SamplingSettings {
  private SamplingSettings() {}

  private static final String MODEL = "model";

  public static final Setting<OptionalInt> MAX_NEW_TOKENS =
      Setting.of(Topic.GENERATION, "generation.max-new-tokens", "--max-new-tokens", "N", "unset")
          .withHelp("after so many tokens an answer ends, thought and all (required)")
          .as(Readers.positiveOr("unset"));

  public static final Setting<OptionalInt> SAMPLES =
      Setting.of(Topic.GENERATION, "generation.samples", "--samples", "N", MODEL)
          .withHelp(
              "answers to each prompt; model takes num_return_sequences of generation_config.json, or"
                  + " 1")
          .as(Readers.positiveOr(MODEL));

  public static final Setting<Boolean> GREEDY =
      Setting.of(Topic.GENERATION, "generation.greedy", "--greedy", "", "no")
          .withBare("yes")
          .withHelp(
              "the best token each time, the lowest id of equal ones; without it, and without any of"
                  + " the flags below up to --min-p, do_sample of generation_config.json decides")
          .as(Readers::yesOrNo);

  public static final Setting<Boolean> FIRST_GREEDY =
      Setting.of(Topic.GENERATION, "generation.first-greedy", "--first-greedy", "", "no")
          .withBare("yes")
          .withHelp(
              "the first of a row's --samples is as with --greedy, and the others are drawn as"
                  + " without it; of one sample that is --greedy")
          .as(Readers::yesOrNo);

  public static final Setting<OptionalDouble> TEMPERATURE =
      Setting.of(Topic.GENERATION, "generation.temperature", "--temperature", "T", MODEL)
          .withHelp(
              "what logits are divided by before a token is drawn; 0 is --greedy; model takes that of"
                  + " generation_config.json, or 1")
          .as(number("a number from 0, or model", value -> value >= 0));

  public static final Setting<OptionalDouble> TOP_P =
      Setting.of(Topic.GENERATION, "generation.top-p", "--top-p", "P", MODEL)
          .withHelp(
              "only the likeliest tokens that together reach this probability are drawn; model takes"
                  + " that of generation_config.json, or 1: all")
          .as(number("a number from 0 to 1, or model", value -> value >= 0 && value <= 1));

  public static final Setting<OptionalInt> TOP_K =
      Setting.of(Topic.GENERATION, "generation.top-k", "--top-k", "K", MODEL)
          .withHelp(
              "only the K likeliest tokens are drawn, 0 for all; model takes that of"
                  + " generation_config.json, or 50, as transformers does")
          .as(SamplingSettings::wholeOrModel);

  public static final Setting<OptionalDouble> MIN_P =
      Setting.of(Topic.GENERATION, "generation.min-p", "--min-p", "P", MODEL)
          .withHelp(
              "tokens whose probability is below this share of the likeliest one's are not drawn;"
                  + " model takes that of generation_config.json, or none")
          .as(number("a number from 0 to 1, or model", value -> value >= 0 && value <= 1));

  public static final Setting<OptionalDouble> REPETITION_PENALTY =
      Setting.of(
              Topic.GENERATION, "generation.repetition-penalty", "--repetition-penalty", "R", MODEL)
          .withHelp(
              "above 1 makes tokens unlikelier that prompt or answer have already, also where the best"
                  + " one is taken; model takes that of generation_config.json, or 1")
          .as(number("a number above 0, or model", value -> value > 0));

  public static final Setting<Integer> SEED =
      Setting.of(Topic.GENERATION, "generation.seed", "--seed", "N", "0")
          .withHelp(
              "of the draws: the same one gives the same answers, whatever else is in the input and"
                  + " wherever it runs")
          .as(Readers.integer(0));

  public static final Setting<List<String>> STOP =
      Setting.of(Topic.GENERATION, "generation.stop", "--stop", "TEXT", "none")
          .withHelp(
              "an answer ends where it would go on with this text, which is cut; not within a thought;"
                  + " repeatable; without it stop_strings of generation_config.json")
          .withATextEach();

  static final List<Setting<?>> ALL =
      List.of(
          MAX_NEW_TOKENS,
          SAMPLES,
          GREEDY,
          FIRST_GREEDY,
          TEMPERATURE,
          TOP_P,
          TOP_K,
          MIN_P,
          REPETITION_PENALTY,
          SEED,
          STOP);

  private static Function<String, OptionalDouble> number(String expected, DoublePredicate fits) {
    return text -> {
      if (text.equals(MODEL)) {
        return OptionalDouble.empty();
      }
      double value;
      try {
        value = Readers.decimal(text);
      } catch (IllegalArgumentException e) {
        throw Readers.refused(expected, text);
      }
      if (!fits.test(value)) {
        throw Readers.refused(expected, text);
      }
      return OptionalDouble.of(value);
    };
  }

  private static OptionalInt wholeOrModel(String text) {
    return text.equals(MODEL)
        ? OptionalInt.empty()
        : OptionalInt.of(
            Readers.integer(0, 999_999_999, "a whole number from 0, or model").apply(text));
  }
}
