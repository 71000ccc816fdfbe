package io.touchstone.jobs;

import java.util.List;

/** What one piece gave; lies beside its rows and is there before them. */
public interface PieceRecord {

  /** Of the file, as it lies on disk, that the piece's lines stand for. */
  long inputBytes();

  /** Lines that are not blank. */
  long lines();

  /** Lines in the rejected part, counted by their ends as the bytes were written. */
  long rejects();

  /** Sizes of the piece's parts, by output folder. */
  List<Long> partSizes();

  /** Where the counts contradict each other. */
  List<String> contradictions();
}
