package io.touchstone.cli.call;

import java.util.Set;

/**
 * How a job is told its model, whose own file of settings joins in.
 *
 * @param setting that names it
 * @param demo the folder under {@code data-samples} that the word {@code demo} means
 * @param keysOfOthers settings of other jobs, which a model's file has beside those of this one
 */
public record NamedModel(Setting<?> setting, String demo, Set<String> keysOfOthers) {

  public NamedModel {
    keysOfOthers = Set.copyOf(keysOfOthers);
  }
}
