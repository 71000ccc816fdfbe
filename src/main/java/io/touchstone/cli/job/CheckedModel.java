package io.touchstone.cli.job;

import io.touchstone.cli.call.Settings;
import io.touchstone.problem.Problems;
import io.touchstone.problem.Refused;
import io.touchstone.scoring.ScorerFactory;
import java.nio.file.Path;

/** From a model's folder to what opens it. */
final class CheckedModel {
  private CheckedModel() {}

  /**
   * @param inputs looks at the job's inputs: a bad model folder must not hide bad inputs
   * @throws Refused with the problems of the model and the inputs
   */
  static ScorerFactory of(Path model, ScorerSource scorers, Settings settings, Runnable inputs) {
    Problems problems = new Problems();
    try {
      return scorers.of(model, settings);
    } catch (Refused e) {
      e.problems().forEach(problem -> problems.add("model " + model + ": " + problem));
    } catch (IllegalArgumentException e) {
      problems.add("model " + model + ": " + e.getMessage());
    }
    try {
      inputs.run();
    } catch (Refused e) {
      problems.addAll(e.problems());
    }
    throw new Refused(problems.found());
  }
}
