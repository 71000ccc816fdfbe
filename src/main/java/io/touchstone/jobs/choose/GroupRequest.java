package io.touchstone.jobs.choose;

import io.touchstone.conversation.format.JoinReader;
import io.touchstone.conversation.format.RowFormat;
import io.touchstone.conversation.line.RowProblem;
import io.touchstone.selection.SelectRule;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a job is asked for that joins rows of equal prompt.
 *
 * @param words of values that become lists beside the rewards
 * @param rule what is chosen of the joined answers; null where the joined rows are the result
 * @param maxLineBytes the most that a joined row may have
 */
public record GroupRequest(List<String> words, @Nullable SelectRule rule, long maxLineBytes)
    implements Serializable {

  public GroupRequest {
    words = List.copyOf(words);
  }

  public JoinReader reader(RowFormat format) {
    return new JoinReader(format, words);
  }

  /**
   * A row as if no other had its prompt.
   *
   * @throws RowProblem if the line is no row that can be joined
   */
  public byte[] alone(byte[] line, RowFormat format) {
    return new PromptGroup(this, 0, reader(format).read(line)).line();
  }
}
