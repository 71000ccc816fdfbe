package io.touchstone.conversation;

import java.util.List;

/** A line that was understood: what is to be scored in it, and how the scores are written back. */
public non-sealed interface Row extends ParsedLine {

  /**
   * Each ends with the turn that is scored; never empty, in the order in which scores are given.
   */
  List<Conversation> conversations();

  /**
   * True where scores are written as SteerLM label text inside a JSON string, not as JSON values.
   */
  boolean writesLabels();

  /**
   * The original line with the values inserted or replaced and every other character as it was.
   *
   * @param values JSON text, one for each conversation (a quoted string where {@link
   *     #writesLabels()})
   */
  String enrich(List<String> values);
}
