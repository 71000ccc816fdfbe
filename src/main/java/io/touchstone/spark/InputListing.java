package io.touchstone.spark;

import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * The files that a job's inputs name.
 *
 * @param skippedFiles files of folders that have no supported ending
 */
record InputListing(List<InputFile> files, int skippedFiles) {

  static InputListing of(AnnotateConfig config, Configuration hadoop) {
    throw new UnsupportedOperationException("not wired yet");
  }
}
