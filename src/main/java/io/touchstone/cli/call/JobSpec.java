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
 */
public record JobSpec(
    String name,
    Operand operand,
    List<Destination> folders,
    List<Setting<?>> settings,
    Optional<NamedModel> model,
    Set<Toggle> toggles,
    Optional<Setting<Optional<String>>> recipe) {

  /** A job that reads inputs. */
  public JobSpec(
      String name,
      List<Destination> folders,
      List<Setting<?>> settings,
      Optional<NamedModel> model,
      Set<Toggle> toggles) {
    this(name, Operand.INPUTS, folders, settings, model, toggles, Optional.empty());
  }

  /** A job without a recipe. */
  public JobSpec(
      String name,
      Operand operand,
      List<Destination> folders,
      List<Setting<?>> settings,
      Optional<NamedModel> model,
      Set<Toggle> toggles) {
    this(name, operand, folders, settings, model, toggles, Optional.empty());
  }

  /** The same, with a recipe. */
  public JobSpec withRecipe(Setting<Optional<String>> file) {
    return new JobSpec(name, operand, folders, settings, model, toggles, Optional.of(file));
  }

  public JobSpec {
    folders = List.copyOf(folders);
    settings = List.copyOf(settings);
    toggles = Collections.unmodifiableSet(EnumSet.copyOf(toggles));
  }
}
