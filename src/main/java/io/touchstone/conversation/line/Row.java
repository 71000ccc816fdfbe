package io.touchstone.conversation.line;

import io.touchstone.conversation.Conversation;
import java.util.List;
import java.util.Optional;

/**
 * A line that was understood: what is to be scored in it, and how the scores are written back.
 *
 * @param conversations each ends with the turn that is scored, in the order in which scores are
 *     given; empty only where a row without any is written all the same
 * @param notes what a user may want to know of how it was understood, each once
 * @param principles by which the answers are judged, where that is asked for; empty for those of
 *     the call
 * @param writesLabels true where scores are written as SteerLM label text inside a JSON string, not
 *     as JSON values
 */
public record Row(
    List<Conversation> conversations,
    List<RowNote> notes,
    Optional<RowPrinciples> principles,
    boolean writesLabels,
    Enrichment enrichment)
    implements ParsedLine {

  public Row {
    conversations = List.copyOf(conversations);
    notes = List.copyOf(notes);
  }

  /**
   * The original line with the values inserted or replaced and every other byte as it was.
   *
   * @param texts JSON, one for each conversation (a quoted string where {@link #writesLabels()});
   *     with as much beside each as the reader was told words for
   */
  public byte[] enrich(List<Accompanied<String>> texts) {
    List<String> values = Accompanied.inOrder(texts);
    if (values.size() != enrichment.size()) {
      throw new IllegalArgumentException(
          "expected " + enrichment.size() + " values, found " + values.size());
    }
    return enrichment.apply(values);
  }
}
