package io.touchstone.files.read;

import java.util.List;

/**
 * What a job is asked to read.
 *
 * @param inputs files, folders or globs on any Hadoop filesystem
 * @param outputs the folders that the job will write, which no input may lie in
 * @param maxLineBytes longer lines say nothing about a file's format
 */
public record InputRequest(
    List<String> inputs, List<String> outputs, long maxLineBytes, FormatChoice format) {

  public InputRequest {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }
}
