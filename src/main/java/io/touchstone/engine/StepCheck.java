package io.touchstone.engine;

import io.touchstone.checkpoint.Checkpoint;
import io.touchstone.checkpoint.config.RewardHead;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import io.touchstone.scoring.Steps;
import io.touchstone.scoring.prompt.StepPrompts;
import io.touchstone.scoring.prompt.StepTokens;
import io.touchstone.template.jinja.TemplateException;
import io.touchstone.tokenizer.Tokenizer;

/** Whether a model can judge steps as it is asked to. */
record StepCheck(Checkpoint checkpoint, EngineConfig config, Problems problems) {

  /** What the model has a head for. */
  void head() {
    boolean hasHead = checkpoint.head() instanceof RewardHead.Classifier head && head.isOfSteps();
    if (!steps().areJudged()) {
      if (hasHead) {
        problems.add(
            architectures()
                .expected(
                    "--step-separator, and --step-token where it has one, for a class that is read"
                        + " at each step (conf/models has them for published ones)")
                .found(checkpoint.architecture() + " without"));
      }
    } else if (!steps().answers().isEmpty()) {
      if (checkpoint.head() instanceof RewardHead.Classifier) {
        problems.add(
            architectures()
                .expected("a causal model for step answers")
                .found(checkpoint.architecture()));
      }
    } else if (!hasHead) {
      problems.add(
          architectures()
              .expected(
                  "a class that is read at each step (Qwen2ForProcessRewardModel, Qwen2ForPrmModel,"
                      + " ...ForTokenClassification), or --step-answers for a causal model")
              .found(checkpoint.architecture()));
    }
  }

  private Problem architectures() {
    return Problem.in("config.json").field("architectures");
  }

  private Steps steps() {
    return config.steps();
  }

  /** What the tokenizer and the template make of steps; nothing where others have refused them. */
  void prompts(Tokenizer tokenizer) {
    if (!steps().areJudged()) {
      return;
    }
    if (steps().layout() == Steps.Layout.TOKEN
        && StepTokens.find(steps().token(), tokenizer).isEmpty()) {
      problems.add(
          Problem.at("--step-token")
              .expected("a text that is the same one token of the model's behind any step")
              .found("'" + Problem.shown(steps().token()) + "', which is not"));
    }
    if (problems.isEmpty()) {
      try {
        StepPrompts.problem(
                steps(),
                EngineScorerFactory.promptFormat(
                    checkpoint, config.prompt(), config.templateDate()),
                tokenizer,
                checkpoint.decoder().vocabSize())
            .ifPresent(problem -> problems.add("a trial of two steps: " + problem));
      } catch (TemplateException e) {
        // Whoever asks for the template says so.
        return;
      }
    }
  }
}
