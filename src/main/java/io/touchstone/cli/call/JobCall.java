package io.touchstone.cli.call;

import io.touchstone.jobs.survey.InputSurvey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The command line of one job, understood but not yet weighed against any file.
 *
 * @param folders what the flags of the job's {@link Destination}s name, by flag; those that are
 *     missing are not there
 * @param settings what the flags set
 */
public record JobCall(
    List<String> inputs,
    Map<String, String> folders,
    List<String> confFiles,
    Layer settings,
    Set<Toggle> toggles) {

  public JobCall {
    inputs = List.copyOf(inputs);
    folders = Map.copyOf(folders);
    confFiles = List.copyOf(confFiles);
    toggles = Set.copyOf(toggles);
  }

  /** The folder that {@code destination} names; empty if it is missing. */
  public Optional<String> folder(Destination destination) {
    return Optional.ofNullable(folders.get(destination.flag())).filter(path -> !path.isEmpty());
  }

  public boolean isQuiet() {
    return toggles.contains(Toggle.QUIET);
  }

  /** How much of the input is only to be looked at; empty if the job is to be done. */
  public Optional<InputSurvey.Extent> dryRun() {
    if (toggles.contains(Toggle.DRY_RUN_FULL)) {
      return Optional.of(InputSurvey.Extent.ALL);
    }
    return toggles.contains(Toggle.DRY_RUN)
        ? Optional.of(InputSurvey.Extent.SAMPLE)
        : Optional.empty();
  }
}
