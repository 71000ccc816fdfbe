package io.touchstone.cli.settings;

import io.touchstone.cli.call.Readers;
import io.touchstone.cli.call.Setting;
import io.touchstone.cli.call.Settings;
import io.touchstone.cli.call.Topic;
import io.touchstone.engine.PromptChoice;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import io.touchstone.reward.StepAggregate;
import io.touchstone.scoring.Steps;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How a model judges the steps of answers. */
public final class StepSettings {
  private StepSettings() {}

  private static final String NONE = "none";

  public static final Setting<Optional<String>> SEPARATOR =
      Setting.of(Topic.MODEL, "model.step-separator", "--step-separator", "TEXT", NONE)
          .withHelp(
              "where answers are cut into steps, for a model that judges each of them, such as"
                  + " '\\n\\n' (\\n, \\t and \\\\ are a line end, a tab and a backslash); a row's reward is"
                  + " then made of those of its steps, which are written beside it")
          .as(Readers.optional(NONE, StepSettings::text));

  public static final Setting<Optional<String>> TOKEN =
      Setting.of(Topic.MODEL, "model.step-token", "--step-token", "TEXT", NONE)
          .withHelp(
              "the token that such a model has behind each step, where it is read, such as"
                  + " '<extra_0>'; none reads at the separator, or where an answer is foretold")
          .as(Readers.optional(NONE, StepSettings::text));

  public static final Setting<Optional<AskSettings.AnswerTokens>> ANSWERS =
      Setting.of(Topic.MODEL, "model.step-answers", "--step-answers", "GOOD,BAD", NONE)
          .withHelp(
              "what a ...ForCausalLM checkpoint says of a good step and of a bad one, such as +,-;"
                  + " texts of a token each: a step's reward is the share of the first")
          .as(Readers.optional(NONE, AskSettings.AnswerTokens::parse));

  public static final Setting<StepAggregate> AGGREGATE =
      Setting.of(Topic.MODEL, "model.steps", "--steps", "min|mean|last|product", "min")
          .withHelp("what the rewards of an answer's steps come to")
          .as(Readers.oneOf(StepAggregate.class));

  static final List<Setting<?>> ALL = List.of(SEPARATOR, TOKEN, ANSWERS, AGGREGATE);

  /** How answers are cut; {@link Steps#NONE} where they are judged as a whole. */
  public static Steps of(Settings settings) {
    return settings
        .get(SEPARATOR)
        .map(
            separator ->
                new Steps(
                    separator,
                    settings.get(TOKEN).orElse(""),
                    settings
                        .get(ANSWERS)
                        .map(answers -> List.of(answers.wanted(), answers.unwanted()))
                        .orElse(List.of())))
        .orElse(Steps.NONE);
  }

  /** What becomes of steps' rewards; empty where there are none. */
  public static Optional<StepAggregate> aggregate(Settings settings) {
    return settings.get(SEPARATOR).map(separator -> settings.get(AGGREGATE));
  }

  /** Adds what does not go together. */
  public static void check(Settings settings, Problems problems) {
    if (settings.get(SEPARATOR).isEmpty()) {
      Stream.of(TOKEN, ANSWERS, AGGREGATE)
          .filter(setting -> AskSettings.isSet(setting, settings))
          .forEach(
              setting ->
                  problems.add(
                      AskSettings.at(setting, settings)
                          .expected("--step-separator beside it, such as '\\n\\n'")
                          .found(NONE)));
      return;
    }
    Stream.of(AskSettings.ANSWER_TOKENS, ModelSettings.REWARD_TOKEN, ModelSettings.NORMALIZE_REWARD)
        .filter(setting -> AskSettings.isSet(setting, settings))
        .forEach(
            setting ->
                problems.add(
                    AskSettings.at(setting, settings)
                        .expected("a model that judges whole answers beside it")
                        .found("--step-separator")));
    if (settings.get(ModelSettings.PROMPT) == PromptChoice.STEERLM) {
      problems.add(
          AskSettings.at(SEPARATOR, settings).expected("--prompt chat beside it").found("steerlm"));
    }
  }

  /** A text with escapes for what is hard to type. */
  static String text(String typed) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < typed.length(); i++) {
      char c = typed.charAt(i);
      if (c != '\\') {
        text.append(c);
        continue;
      }
      char escaped = i + 1 < typed.length() ? typed.charAt(++i) : ' ';
      switch (escaped) {
        case 'n' -> text.append('\n');
        case 't' -> text.append('\t');
        case '\\' -> text.append('\\');
        default ->
            throw Readers.refused(
                "a text, in which \\n, \\t and \\\\ are a line end, a tab and a backslash",
                Problem.shown(typed));
      }
    }
    if (text.isEmpty()) {
      throw Readers.refused("a text", typed);
    }
    return text.toString();
  }
}
