package io.touchstone.cli.job;

import io.touchstone.checkpoint.Checkpoint;
import io.touchstone.cli.call.Text;
import io.touchstone.files.commit.AttemptFolder;
import io.touchstone.generation.GeneratorDescription;
import io.touchstone.generation.GeneratorFactory;
import io.touchstone.jobs.annotate.AnnotateConfig;
import io.touchstone.jobs.annotate.AnnotatePlan;
import io.touchstone.jobs.generate.GenerateConfig;
import io.touchstone.jobs.generate.GeneratePlan;
import io.touchstone.problem.Problems;
import io.touchstone.problem.Refused;
import io.touchstone.scoring.ModelDescription;
import io.touchstone.scoring.ModelReading;
import io.touchstone.scoring.ScorerFactory;
import io.touchstone.spark.watch.ChangedModels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From a model's folder to what is asked of it. */
final class CheckedModel {
  private static final ModelDescription NONE =
      new ModelDescription("", "", "", List.of(), 0, "", "", "", "", ModelReading.NONE);

  private static final GeneratorDescription NO_GENERATOR =
      new GeneratorDescription("", "", "", 0, "", new TreeMap<>(), ModelReading.NONE);

  private static final Logger LOG = LoggerFactory.getLogger(CheckedModel.class);

  private CheckedModel() {}

  /**
   * @param scoring its inputs are looked at too: a bad model folder must not hide bad inputs
   * @throws Refused with the problems of the model and the inputs
   */
  static ScorerFactory of(Path model, ScorerSource scorers, JobRun run, AnnotateConfig scoring) {
    tellOfChanges(scoring.output(), run);
    return open(
        "model " + model,
        () -> scorers.of(model, run.settings()),
        () -> AnnotatePlan.of(scoring, run.hadoop(), NONE));
  }

  /**
   * Where the inputs are still to be made.
   *
   * @throws Refused with the problems of the model
   */
  static ScorerFactory of(Path model, ScorerSource scorers, JobRun run) {
    return open("model " + model, () -> scorers.of(model, run.settings()), () -> {});
  }

  /**
   * Where the inputs are still to be made.
   *
   * @throws Refused with the problems of the generator
   */
  static GeneratorFactory generator(String told, Supplier<GeneratorFactory> opener) {
    return open(told, opener, () -> {});
  }

  /**
   * @param told what the user calls the generator
   * @param config its inputs are looked at too
   * @throws Refused with the problems of the generator and the inputs
   */
  static GeneratorFactory generator(
      String told, Supplier<GeneratorFactory> opener, GenerateConfig config, JobRun run) {
    tellOfChanges(config.output(), run);
    return open(told, opener, () -> GeneratePlan.of(config, run.hadoop(), NO_GENERATOR));
  }

  /** A process that died of its model could not say so: whoever comes next does. */
  private static void tellOfChanges(Optional<String> folder, JobRun run) {
    for (String output : folder.stream().toList()) {
      try {
        Optional<AttemptFolder> begun = AttemptFolder.begun(output, run.hadoop());
        if (begun.isPresent()) {
          for (String change : ChangedModels.ofTheDead(begun.get(), Checkpoint::identity)) {
            run.warn(
                "a run in %s ended in the middle of its work, and its model has changed since: %s."
                    + " A mapped file that is cut short takes its process with it; what was"
                    + " committed stays, and no row is blamed",
                Text.path(output), change);
          }
        }
      } catch (IOException | IllegalArgumentException e) {
        // What is wrong with the folder is told when it is to be used.
        LOG.debug("[{}] cannot be asked for marks", output, e);
      }
    }
  }

  static String fingerprint(Path model, Checkpoint.Reading reading) {
    return open("model " + model, () -> Checkpoint.open(model, reading).fingerprint(), () -> {});
  }

  private static <T> T open(String told, Supplier<T> opener, Runnable inputs) {
    Problems problems = new Problems();
    try {
      return opener.get();
    } catch (Refused e) {
      e.problems().forEach(problem -> problems.add(told + ": " + problem));
    } catch (IllegalArgumentException e) {
      problems.add(told + ": " + e.getMessage());
    }
    problems.collect(inputs);
    throw new Refused(problems.found());
  }
}
