package io.touchstone.selection.benchmark;

import java.util.Locale;
import java.util.Optional;

/**
 * Where a benchmark's row comes from.
 *
 * @param file its path; some benchmarks say by a file's name what is in it
 * @param domain what the user says is in it; empty if nothing
 */
public record Origin(String file, Optional<String> domain) {

  /** The file's name in lower case, without its folders. */
  String name() {
    return file.substring(file.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
  }
}
