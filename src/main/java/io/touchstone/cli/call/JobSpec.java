package io.touchstone.cli.call;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What may stand on a job's command line.
 *
 * @param name the program's first argument; the launcher and the file of defaults have it too
 * @param operand what stands there without a flag
 * @param settings in the order in which {@code --help} lists them
 * @param model empty for a job that needs none
 * @param toggles flags without a value that the job knows
 * @param recipe names a file that may set what generation.* is; empty for a job that has none
 * @param stages names of the jobs that this one starts: files may have their settings, each behind
 *     the name of its stage
 */
public record JobSpec(
    String name,
    Operand operand,
    List<Destination> folders,
    List<Setting<?>> settings,
    Optional<NamedModel> model,
    Set<Toggle> toggles,
    Optional<Setting<Optional<String>>> recipe,
    List<String> stages) {

  /** A job that reads inputs. */
  public JobSpec(
      String name,
      List<Destination> folders,
      List<Setting<?>> settings,
      Optional<NamedModel> model,
      Set<Toggle> toggles) {
    this(name, Operand.INPUTS, folders, settings, model, toggles, Optional.empty(), List.of());
  }

  /** A job without a recipe. */
  public JobSpec(
      String name,
      Operand operand,
      List<Destination> folders,
      List<Setting<?>> settings,
      Optional<NamedModel> model,
      Set<Toggle> toggles) {
    this(name, operand, folders, settings, model, toggles, Optional.empty(), List.of());
  }

  /** The same, with a recipe. */
  public JobSpec withRecipe(Setting<Optional<String>> file) {
    return new JobSpec(name, operand, folders, settings, model, toggles, Optional.of(file), stages);
  }

  /** The same, with jobs that it starts. */
  public JobSpec withStages(List<String> names) {
    return new JobSpec(name, operand, folders, settings, model, toggles, recipe, names);
  }

  public JobSpec {
    folders = List.copyOf(folders);
    settings = List.copyOf(settings);
    toggles = Collections.unmodifiableSet(EnumSet.copyOf(toggles));
    stages = List.copyOf(stages);
  }

  /** Whether a key is one of a job that this one starts. */
  boolean isOfAStage(String key) {
    return stages.stream().anyMatch(stage -> key.startsWith(stage + "."));
  }
}
