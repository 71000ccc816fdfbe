package io.touchstone.scoring;

import java.util.Collections;
import java.util.SortedMap;

/** One replica of a model, whatever it is asked for. */
public interface LoadedModel extends AutoCloseable {

  /**
   * Makes the model ready for its first pass, where that was not done yet: it may take minutes, and
   * what is known without it never needs it.
   *
   * @throws ScorerException if it gives nothing
   */
  default void ready() {}

  /**
   * Whether it gives the same, to the bit, whatever is computed beside it, as far as was seen when
   * the model became {@link #ready}.
   */
  default boolean keepsBits() {
    return true;
  }

  /**
   * As {@link ForwardPass#confirm}: to be asked before what was computed becomes known to others.
   *
   * @throws ScorerException naming what has become of the model
   */
  default void confirm() {}

  /** As {@link ForwardPass#mappedFiles}. */
  default SortedMap<String, String> mappedFiles() {
    return Collections.emptySortedMap();
  }

  @Override
  void close();
}
