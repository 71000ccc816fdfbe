package io.touchstone.spark;

import java.io.Serializable;

/**
 * What one task annotates: the lines that start in a range of a file's bytes.
 *
 * @param index counted over all pieces of the job, in the order of the input
 * @param end exclusive; the last line may reach beyond it
 */
public record Piece(int index, InputFile file, long start, long end) implements Serializable {

  public long bytes() {
    return end - start;
  }

  @Override
  public String toString() {
    return "[" + file.path() + "] piece " + index + " (bytes " + start + " to " + end + ")";
  }
}
