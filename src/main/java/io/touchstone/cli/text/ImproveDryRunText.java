package io.touchstone.cli.text;

import io.touchstone.cli.call.Text;
import io.touchstone.generation.GenerationMemory;
import io.touchstone.generation.GeneratorDescription;
import io.touchstone.jobs.survey.SurveyReport;
import io.touchstone.scoring.MemoryPlan;
import io.touchstone.scoring.ModelDescription;
import io.touchstone.scoring.pipeline.SurveyTotals;
import java.util.List;
import java.util.Optional;

/**
 * What a dry run of {@code improve} tells the user: for each stage what it is asked at most.
 * Nothing is measured: how long answers become only the models know.
 *
 * @param survey of the first stage's prompts
 * @param edits of a response
 */
public record ImproveDryRunText(SurveyReport survey, List<Stage> stages, int edits) {

  /**
   * A stage with its model: a generator, or a scorer.
   *
   * @param sequences what a generator's answers would take of this machine's memory
   * @param loads how a scorer would use it
   */
  public record Stage(
      String name,
      Optional<GeneratorDescription> generator,
      Optional<GenerationMemory> sequences,
      Optional<ModelDescription> scorer,
      Optional<MemoryPlan> loads) {

    int number(String setting) {
      String value = generator.map(of -> of.effective().getOrDefault(setting, "")).orElse("");
      return value.matches("\\d{1,9}") ? Integer.parseInt(value) : 1;
    }
  }

  /** Tokens of a row's prompt, counted by the first model; of feedback three are put together. */
  private static final int MOST_FEEDBACK = 3;

  public String text() {
    Text text = new Text();
    text.line("Dry run: nothing was generated, nothing was scored, nothing was written.").line("");
    SurveyText seen = new SurveyText(survey);
    seen.tellRows(text);
    double rows = survey.estimate(totals -> totals.work().readOuts());
    double prompt = rows == 0 ? 0 : survey.estimate(SurveyTotals::presentedTokens) / rows;
    Stage responses = stages.get(0);
    Stage feedback = stages.get(2);
    Stage edited = stages.get(3);
    double response = prompt + responses.number(NEW_TOKENS);
    double comment = response + MOST_FEEDBACK * feedback.number(NEW_TOKENS);
    generated(responses, rows, prompt, text);
    scored(stages.get(1), rows * responses.number(SAMPLES), response, text);
    generated(feedback, rows, response, text);
    generated(edited, rows, comment, text);
    scored(stages.get(4), rows * edits, prompt + edited.number(NEW_TOKENS), text);
    text.line("")
        .line(
            "At most: rows that bring responses or feedback need no others, and answers may end"
                + " early. Tokens are counted")
        .line(
            "as the first model has them, those of recipes' own words left out. One model is in"
                + " memory at a time.");
    seen.tellFirstRefusals(text);
    seen.notes().warn(text);
    return text.toString();
  }

  private static final String NEW_TOKENS = "max-new-tokens";
  private static final String SAMPLES = "samples";

  private void generated(Stage stage, double rows, double context, Text text) {
    GeneratorDescription model = stage.generator().orElseThrow();
    int samples = stage.number(SAMPLES);
    int most = stage.number(NEW_TOKENS);
    double answers = rows * samples;
    SurveyText about = new SurveyText(survey);
    text.line("").line("  %s", stage.name());
    GenerateText.tellModel(model, text);
    text.about(
        "prompts", "%s of about %,.0f tokens at most", about.about(rows), Math.ceil(context));
    text.about(
        "answers",
        "%s of at most %,d tokens: at most %s tokens are generated",
        about.about(answers),
        most,
        about.about(answers * most));
    stage
        .sequences()
        .ifPresent(
            memory -> {
              double each = memory.bytes((int) Math.ceil(context) + most);
              double together =
                  Math.max(1, Math.min(Math.floor(memory.forSequences() / each), answers));
              text.about(
                  "memory",
                  "%,d MiB, of which %,d are left to answers under way: %,.0f of them together, about"
                      + " %,.0f passes of the model",
                  memory.budget() >> 20,
                  memory.forSequences() >> 20,
                  together,
                  Math.ceil(answers / together) * most);
            });
  }

  private void scored(Stage stage, double conversations, double tokens, Text text) {
    ModelDescription model = stage.scorer().orElseThrow();
    SurveyText about = new SurveyText(survey);
    text.line("").line("  %s", stage.name());
    text.about("model", "%s (%s, %s)", model.path(), model.architecture(), model.precision());
    text.about(
        "scores",
        "%s of conversations of about %,.0f tokens at most: at most %s tokens, computed once where a"
            + " row shares them",
        about.about(conversations),
        Math.ceil(tokens),
        about.about(conversations * Math.ceil(tokens)));
    stage
        .loads()
        .ifPresent(
            memory ->
                text.about(
                    "memory",
                    "%,d MiB, for loads of %,d tokens: about %,.0f passes of the model",
                    memory.budget() >> 20,
                    memory.loadTokens(),
                    Math.ceil(conversations * tokens / memory.loadTokens())));
  }
}
