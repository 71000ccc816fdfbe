package io.touchstone.jobs.annotate;

import io.touchstone.conversation.format.FormatTable;
import io.touchstone.conversation.format.RowFormat;
import io.touchstone.conversation.format.ScoreNames;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import io.touchstone.problem.Refused;
import io.touchstone.reward.Attributes;
import io.touchstone.reward.LabelStyle;
import io.touchstone.scoring.ModelDescription;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Whether rows of the formats of a job can be scored by its model, and written as it asks. */
public final class ScorableFormats {

  private final AnnotateConfig config;
  private final ModelDescription model;
  private final List<RowFormat> formats;

  private ScorableFormats(
      AnnotateConfig config, ModelDescription model, Collection<RowFormat> formats) {
    this.config = config;
    this.model = model;
    this.formats = formats.stream().distinct().toList();
  }

  /**
   * @throws Refused if one of them cannot
   */
  public static void check(
      AnnotateConfig config, ModelDescription model, Collection<RowFormat> formats) {
    ScorableFormats all = new ScorableFormats(config, model, formats);
    all.refuseClashes();
    all.refuseUnjudgedSteps();
    all.refuseUnreadableLabels();
    all.refuseWhatEditsCannotHave();
  }

  private void refuseClashes() {
    Refused.ifAny(
        formats.stream()
            .flatMap(format -> config.writing().problems(format, config.rules().scored()).stream())
            .toList());
  }

  /** Steps joined to one text are none that their rows have. */
  private void refuseUnjudgedSteps() {
    if (config.writing().steps() != null) {
      return;
    }
    Refused.ifAny(
        formats.stream()
            .filter(RowFormat::isOfSteps)
            .map(
                format ->
                    Problem.at("--step-separator")
                        .expected(
                            "it, for a model that judges steps, as "
                                + format.word()
                                + " rows hold them one by one (docs/data.md makes one text of them)")
                        .found("none"))
            .toList());
  }

  private void refuseUnreadableLabels() {
    if (formats.stream().anyMatch(format -> format.scores().shape() == ScoreNames.Shape.LABELS)) {
      Refused.ifAny(
          model.attributes().stream()
              .filter(name -> !Attributes.fitsLabels(name))
              .map(
                  name ->
                      Problem.at("--principle")
                          .expected(
                              "NAME=TEXT with a name without ':' and ',', as steerlm rows have"
                                  + " labels name:value")
                          .found("'" + Problem.shown(name) + "'"))
              .toList());
    }
  }

  /** Edits are compared with the responses by one number, and written under names of their own. */
  private void refuseWhatEditsCannotHave() {
    if (!formats.contains(FormatTable.EDITS)) {
      return;
    }
    Problems problems = new Problems();
    if (config.writing().field() != null) {
      problems.add(Problem.at("--field").expected("it without --format edits").found("both"));
    }
    if (config.writing().scalar() != null) {
      problems.add(Problem.at("--scalar").expected("it without --format edits").found("both"));
    }
    if (config.labels().style() != LabelStyle.FLOAT) {
      problems.add(
          Problem.at("--labels")
              .expected("float beside --format edits, as labels tie")
              .found("rounded"));
    }
    if (!config.writing().voteFields().isEmpty()) {
      problems.add(
          Problem.at("--judge")
              .expected("one vote and no rationale beside --format edits")
              .found(
                  config.writing().voteFields().stream()
                      .map(field -> field.word(""))
                      .collect(Collectors.joining(", "))));
    }
    if (model.attributes().size() > 1) {
      problems.add(
          Problem.at("--model")
              .file(model.path())
              .expected("a model of one output beside --format edits")
              .found(String.join(", ", model.shownNames())));
    }
    problems.refuseIfAny();
  }
}
