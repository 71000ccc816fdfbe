package io.touchstone.files.read;

import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a job is asked to read.
 *
 * @param inputs files, folders or globs on any Hadoop filesystem
 * @param outputs the folders that the job will write, which no input may lie in
 * @param maxLineBytes longer lines say nothing about a file's format
 * @param dropped fields of rows that are left out as they are read
 */
public record InputRequest(
    List<String> inputs,
    List<String> outputs,
    long maxLineBytes,
    FormatChoice format,
    SortedSet<String> dropped) {

  public InputRequest {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    dropped = Collections.unmodifiableSortedSet(new TreeSet<>(dropped));
  }

  /** For rows as they are. */
  public InputRequest(
      List<String> inputs, List<String> outputs, long maxLineBytes, FormatChoice format) {
    this(inputs, outputs, maxLineBytes, format, new TreeSet<>());
  }
}
