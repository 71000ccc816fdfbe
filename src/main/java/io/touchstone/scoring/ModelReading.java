package io.touchstone.scoring;

import java.io.Serializable;
import java.util.List;

/**
 * How a model's folder was understood where it could have been otherwise, fit to be told to users.
 *
 * @param tokenizer whose reading of the tokenizer's files counts: {@code transformers5} or {@code
 *     file}
 * @param tokenizerDifferences between the two readings; empty if they are the same
 * @param readOut what is taken for the reward of a model that has no head for one; else empty
 * @param shownNames of the outputs, as summaries and reports show them
 * @param notes to be told with the result
 * @param warnings to be told before all else
 */
public record ModelReading(
    String tokenizer,
    List<String> tokenizerDifferences,
    String readOut,
    List<String> shownNames,
    List<String> notes,
    List<String> warnings)
    implements Serializable {

  /** Of a model that is nobody's. */
  public static final ModelReading NONE =
      new ModelReading("", List.of(), "", List.of(), List.of(), List.of());

  public ModelReading {
    tokenizerDifferences = List.copyOf(tokenizerDifferences);
    shownNames = List.copyOf(shownNames);
    notes = List.copyOf(notes);
    warnings = List.copyOf(warnings);
  }
}
