package io.touchstone.cli.job;

import io.touchstone.cli.call.JobCall;
import io.touchstone.cli.settings.ImproveSettings;
import io.touchstone.files.commit.OutputState;
import io.touchstone.generation.GeneratorFactory;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import io.touchstone.problem.Refused;
import io.touchstone.problem.RefusedFolder;
import io.touchstone.scoring.ModelDescription;
import io.touchstone.scoring.ScorerFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Weighs all stages before the first of them begins: nothing is written, no weights are read. */
final class ImproveCheck {
  private final GenerateCommand generate;
  private final AnnotateCommand annotate;
  private final JobRun run;

  ImproveCheck(GenerateCommand generate, AnnotateCommand annotate, JobRun run) {
    this.generate = generate;
    this.annotate = annotate;
    this.run = run;
  }

  /**
   * A stage that can be begun.
   *
   * @param generator empty for a stage that scores
   * @param scorer empty for one that generates
   * @param isDone whether its result is there already
   */
  record Stage(
      ImproveStage name,
      JobRun run,
      Optional<GeneratorFactory> generator,
      Optional<ScorerFactory> scorer,
      boolean isDone) {

    /** What may be wrong with its model. */
    List<String> warnings() {
      return generator
          .map(model -> model.description().reading().warnings())
          .or(() -> scorer.map(model -> model.model().reading().warnings()))
          .orElse(List.of());
    }
  }

  /**
   * All stages, in their order.
   *
   * @throws Refused with the problems of all of them, each with its stage's name
   */
  List<Stage> stages() {
    Problems problems = new Problems();
    ImproveCalls calls = new ImproveCalls(run, problems);
    List<Stage> stages = new ArrayList<>();
    boolean inputsAreThere = true;
    for (ImproveStage name : ImproveStage.values()) {
      Optional<JobCall> call = calls.of(name);
      if (call.isEmpty()) {
        inputsAreThere = false;
        continue;
      }
      List<Stage> checked = new ArrayList<>();
      boolean looked = inputsAreThere;
      problems.collect(() -> naming(name, () -> checked.add(checked(name, call.get(), looked))));
      inputsAreThere = !checked.isEmpty() && checked.get(0).isDone();
      stages.addAll(checked);
    }
    problems.refuseIfAny();
    return stages;
  }

  private static void naming(ImproveStage name, Runnable check) {
    try {
      check.run();
    } catch (Refused e) {
      List<String> named = e.problems().stream().map(told -> name.folder() + ": " + told).toList();
      throw e instanceof RefusedFolder ? new RefusedFolder(named) : new Refused(named);
    }
  }

  /**
   * @param inputsAreThere whether the stage before is done: else only the model can be weighed
   */
  private Stage checked(ImproveStage name, JobCall call, boolean inputsAreThere) {
    Command command = name.generates() ? generate : annotate;
    JobRun own = JobRun.of(command, call, run.terminal(), new Problems());
    if (name.generates()) {
      GeneratorFactory generator = generate.generator(own);
      boolean done = inputsAreThere && isDone(generate.state(own, generator));
      return new Stage(name, own, Optional.of(generator), Optional.empty(), done);
    }
    if (!own.voteFields().isEmpty()) {
      throw Refused.because(
          Problem.at("selected.model.judge")
              .expected("one vote and no rationale, as edits are compared by one number")
              .found(
                  own.voteFields().stream()
                      .map(field -> field.word(""))
                      .collect(Collectors.joining(", "))));
    }
    ScorerFactory scorer = annotate.scorer(own);
    expectOneOutput(scorer.model());
    boolean done = inputsAreThere && isDone(annotate.state(own, scorer));
    return new Stage(name, own, Optional.empty(), Optional.of(scorer), done);
  }

  private static boolean isDone(OutputState state) {
    return state instanceof OutputState.Finished;
  }

  private static void expectOneOutput(ModelDescription model) {
    if (model.attributes().size() > 1) {
      throw Refused.because(
          Problem.at(ImproveSettings.SELECT_MODEL.flag())
              .file(model.path())
              .expected("a model of one output, by which responses and edits are compared")
              .found(String.join(", ", model.shownNames())));
    }
  }
}
