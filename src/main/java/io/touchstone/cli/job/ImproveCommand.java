package io.touchstone.cli.job;

import io.touchstone.cli.call.Destination;
import io.touchstone.cli.call.ExitStatus;
import io.touchstone.cli.call.JobSpec;
import io.touchstone.cli.call.Toggle;
import io.touchstone.cli.settings.ImproveSettings;
import io.touchstone.cli.text.ImproveDryRunText;
import io.touchstone.jobs.survey.InputSurvey;
import io.touchstone.jobs.survey.SurveyReport;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Refused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code improve}: weighs responses, feedback, edits and the choice among them together, and says
 * how each is called; the launcher calls them.
 */
public final class ImproveCommand implements Command {
  private static final String REPORT = "report";

  private final GenerateCommand generate;
  private final AnnotateCommand annotate;

  public ImproveCommand(GeneratorSource generators, ScorerSource scorers) {
    this.generate = new GenerateCommand(generators);
    this.annotate = new AnnotateCommand(scorers);
  }

  @Override
  public JobSpec spec() {
    return new JobSpec(
            "improve",
            List.of(Destination.OUTPUT),
            ImproveSettings.ALL,
            Optional.empty(),
            EnumSet.allOf(Toggle.class))
        .withStages(Stream.concat(ImproveStage.words().stream(), Stream.of(REPORT)).toList());
  }

  @Override
  public ExitStatus run(JobRun run) {
    run.call().folder(Destination.OUTPUT).ifPresent(ImproveCommand::refuseFarFolder);
    List<ImproveCheck.Stage> stages = new ImproveCheck(generate, annotate, run).stages();
    Set<String> warnings =
        stages.stream()
            .flatMap(stage -> stage.warnings().stream())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    warnings.forEach(warning -> run.warn("%s", warning));
    Optional<InputSurvey.Extent> dryRun = run.call().dryRun();
    if (dryRun.isPresent()) {
      return survey(dryRun.get(), stages, run);
    }
    Path folder =
        Path.of(
            run.get(ImproveSettings.STAGES)
                .orElseThrow(
                    () ->
                        Refused.because(
                            Problem.at(ImproveSettings.STAGES.flag())
                                .expected("a folder, as jobs/improve gives it")
                                .found("none"))));
    try {
      new ImproveHandover(folder, run).write(stages);
    } catch (IOException e) {
      throw new UncheckedIOException("[" + folder + "] cannot be written", e);
    }
    return ExitStatus.DONE;
  }

  /** A lock keeps two starts apart, which only a local filesystem has. */
  private static void refuseFarFolder(String output) {
    if (output.contains("://")) {
      throw Refused.because(
          Problem.at(Destination.OUTPUT.flag())
              .expected("a folder on this machine, or one that is mounted")
              .found(output));
    }
  }

  private ExitStatus survey(
      InputSurvey.Extent extent, List<ImproveCheck.Stage> stages, JobRun run) {
    ImproveCheck.Stage first = stages.get(0);
    SurveyReport survey = generate.survey(extent, first.generator().orElseThrow(), first.run());
    run.terminal()
        .say(
            new ImproveDryRunText(
                    survey,
                    stages.stream()
                        .map(
                            stage ->
                                new ImproveDryRunText.Stage(
                                    stage.name().folder(),
                                    stage.generator().map(each -> each.description()),
                                    stage.generator().flatMap(each -> each.memory()),
                                    stage.scorer().map(each -> each.model()),
                                    stage.scorer().flatMap(each -> each.memory())))
                        .toList(),
                    run.get(ImproveSettings.EDITS))
                .text());
    return ExitStatus.DONE;
  }
}
