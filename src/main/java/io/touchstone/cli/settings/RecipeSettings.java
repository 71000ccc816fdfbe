package io.touchstone.cli.settings;

import io.touchstone.cli.call.Readers;
import io.touchstone.cli.call.Setting;
import io.touchstone.cli.call.Topic;
import io.touchstone.conversation.format.ScoreFields;
import java.util.List;
import java.util.Optional;

/** Prompts that are made of rows, and rows that need none. */
public final class RecipeSettings {
  private RecipeSettings() {}

  public static final Setting<Optional<String>> FILE =
      Setting.of(Topic.RECIPE, "recipe.file", "--recipe", "FILE", "none")
          .withHelp(
              "how the prompt is made of each row: turns with {prompt}, {response}, {feedback} and"
                  + " {principle} in them, as in conf/recipes; what it says of generation.* holds"
                  + " unless a flag or a --conf file says otherwise")
          .as(Readers.optional("none", Readers.notBlank("a file, or none")));

  public static final Setting<Optional<String>> INTO =
      Setting.of(Topic.RECIPE, "recipe.into", "--into", "NAME", "none")
          .withHelp(
              "the field that takes the answers to a recipe's prompts, a list, behind all that the row"
                  + " has; required with --recipe")
          .as(Readers.optional("none", ScoreFields::checked));

  public static final Setting<String> BEST_BY =
      Setting.of(Topic.RECIPE, "recipe.best-by", "--best-by", "NAME", "rewards")
          .withHelp(
              "where a row has several answers: the list with a number for each, of which the first"
                  + " with the highest is {response}")
          .as(Readers.notBlank("the name of a field"));

  public static final Setting<String> FEEDBACK_FROM =
      Setting.of(Topic.RECIPE, "recipe.feedback-from", "--feedback-from", "NAME", "feedback")
          .withHelp("the field with the feedback, a text or a list of texts, for {feedback}")
          .as(Readers.notBlank("the name of a field"));

  public static final Setting<Boolean> EDIT_WITHOUT_FEEDBACK =
      Setting.of(Topic.RECIPE, "recipe.edit-without-feedback", "--edit-without-feedback", "", "no")
          .withBare("yes")
          .withHelp(
              "rows without feedback that asks for anything are asked too, with the recipe's"
                  + " feedback.none in its place; without it they are given an empty list")
          .as(Readers::yesOrNo);

  public static final Setting<Optional<String>> ANSWERS_FROM =
      Setting.of(Topic.RECIPE, "recipe.answers-from", "--answers-from", "NAME", "none")
          .withHelp(
              "rows that have this field, a text or a list of texts, are not asked: these are their"
                  + " answers")
          .as(Readers.optional("none", Readers.notBlank("the name of a field, or none")));

  /** Of no use without a recipe. */
  public static final List<Setting<?>> OF_RECIPE =
      List.of(INTO, BEST_BY, FEEDBACK_FROM, EDIT_WITHOUT_FEEDBACK);

  static final List<Setting<?>> ALL = Setting.all(List.of(FILE), OF_RECIPE, List.of(ANSWERS_FROM));
}
