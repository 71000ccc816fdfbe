package io.touchstone.conversation.format;

import java.util.Optional;
import java.util.Set;

/** Where a row's answers are written. */
public sealed interface AnswerPlace {

  /** The names that they are given. */
  AnswerFields fields();

  /** The answer of the row that those are versions of; empty where there is none. */
  Optional<String> edited();

  /**
   * In a row of candidates, in place of what was read.
   *
   * @param dropped fields of the row that answers take the place of
   * @param tools JSON of the tools, where the row has them under another name than {@code tools}
   */
  record Candidates(Set<String> dropped, Optional<String> tools) implements AnswerPlace {
    public Candidates {
      dropped = Set.copyOf(dropped);
    }

    @Override
    public AnswerFields fields() {
      return AnswerFields.CANDIDATES;
    }

    @Override
    public Optional<String> edited() {
      return Optional.empty();
    }
  }

  /** Behind all that the row has. */
  record Beside(AnswerFields fields, Optional<String> edited) implements AnswerPlace {}
}
