package io.touchstone.cli.job;

import io.touchstone.checkpoint.Checkpoint;
import io.touchstone.jobs.annotate.AnnotateConfig;
import io.touchstone.jobs.annotate.AnnotatePlan;
import io.touchstone.problem.Problems;
import io.touchstone.problem.Refused;
import io.touchstone.scoring.ModelDescription;
import io.touchstone.scoring.ModelReading;
import io.touchstone.scoring.ScorerFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/** From a model's folder to what is asked of it. */
final class CheckedModel {
  private static final ModelDescription NONE =
      new ModelDescription("", "", "", List.of(), 0, "", "", "", "", ModelReading.NONE);

  private CheckedModel() {}

  /**
   * @param scoring its inputs are looked at too: a bad model folder must not hide bad inputs
   * @throws Refused with the problems of the model and the inputs
   */
  static ScorerFactory of(Path model, ScorerSource scorers, JobRun run, AnnotateConfig scoring) {
    return open(
        model,
        () -> scorers.of(model, run.settings()),
        () -> AnnotatePlan.of(scoring, run.hadoop(), NONE));
  }

  static String fingerprint(Path model, Checkpoint.Reading reading) {
    return open(model, () -> Checkpoint.open(model, reading).fingerprint(), () -> {});
  }

  private static <T> T open(Path model, Supplier<T> opener, Runnable inputs) {
    Problems problems = new Problems();
    try {
      return opener.get();
    } catch (Refused e) {
      e.problems().forEach(problem -> problems.add("model " + model + ": " + problem));
    } catch (IllegalArgumentException e) {
      problems.add("model " + model + ": " + e.getMessage());
    }
    problems.collect(inputs);
    throw new Refused(problems.found());
  }
}
