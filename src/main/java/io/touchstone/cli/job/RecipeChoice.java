package io.touchstone.cli.job;

import io.touchstone.cli.call.ConfFile;
import io.touchstone.cli.call.Precedence;
import io.touchstone.cli.call.Setting;
import io.touchstone.cli.settings.GenerateSettings;
import io.touchstone.cli.settings.RecipeSettings;
import io.touchstone.conversation.format.RowFormat;
import io.touchstone.generation.recipe.RowPrompts;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What prompts a call wants to be made of rows. */
final class RecipeChoice {
  private static final String RECIPE = RecipeSettings.FILE.flag();
  private static final String INTO = RecipeSettings.INTO.flag();

  private final JobRun run;
  private final Problems problems;

  private RecipeChoice(JobRun run, Problems problems) {
    this.run = run;
    this.problems = problems;
  }

  /**
   * @return empty where rows' own prompts are answered, or there is a problem, which has then been
   *     reported
   */
  static Optional<RowPrompts> of(JobRun run, Problems problems) {
    RecipeChoice choice = new RecipeChoice(run, problems);
    Optional<String> file = run.get(RecipeSettings.FILE);
    if (file.isEmpty()) {
      choice.refuseWithoutRecipe();
      return Optional.empty();
    }
    return choice.read(file.get());
  }

  private void refuseWithoutRecipe() {
    for (Setting<?> setting : RecipeSettings.OF_RECIPE) {
      if (run.settings().isChanged(setting)) {
        problems.add(
            Problem.at(setting.flag())
                .expected(RECIPE + " beside it, whose prompts it is about")
                .found("none"));
      }
    }
  }

  private Optional<RowPrompts> read(String file) {
    if (run.get(GenerateSettings.CONTINUE)) {
      problems.add(
          Problem.at(GenerateSettings.CONTINUE.flag())
              .expected("no " + RECIPE + " beside it, whose prompts end with a user's turn")
              .found(RECIPE + " " + file));
    }
    Optional<String> into = run.get(RecipeSettings.INTO);
    if (into.isEmpty()) {
      problems.add(
          Problem.at(INTO)
              .expected("the field that takes the answers beside " + RECIPE + ", such as edits")
              .found("nothing"));
    } else if (RowFormat.isMeant(into.get())) {
      problems.add(
          Problem.at(INTO)
              .expected("a name that says nothing of a row's format, such as edits")
              .found(into.get()));
    }
    Map<String, String> texts = new HashMap<>();
    ConfFile.read(Path.of(file), file, problems).entries().entrySet().stream()
        .filter(entry -> !entry.getKey().startsWith(Precedence.GENERATION))
        .forEach(entry -> texts.put(entry.getKey(), entry.getValue().text()));
    return RowPrompts.read(
        texts,
        new RowPrompts.Fields(
            into.orElse(""),
            run.get(RecipeSettings.FEEDBACK_FROM),
            run.get(RecipeSettings.BEST_BY)),
        run.get(RecipeSettings.EDIT_WITHOUT_FEEDBACK)
            ? RowPrompts.WithoutFeedback.ASKED
            : RowPrompts.WithoutFeedback.LEFT,
        Problem.in(file),
        problems);
  }
}
