package io.touchstone.cli;

import java.util.List;
import java.util.Set;

/**
 * The command line of one annotate job, understood but not yet weighed against any file.
 *
 * @param output empty if it is missing
 * @param settings what the flags set
 */
record AnnotateCall(
    List<String> inputs,
    String output,
    List<String> confFiles,
    Layer settings,
    Set<Toggle> toggles) {

  AnnotateCall {
    inputs = List.copyOf(inputs);
    confFiles = List.copyOf(confFiles);
    toggles = Set.copyOf(toggles);
  }
}
