package io.touchstone.spark;

import io.touchstone.conversation.RowFormat;
import io.touchstone.conversation.RowReader;
import io.touchstone.conversation.ScoreFields;
import io.touchstone.conversation.ScoredTurns;
import java.io.Serializable;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How an annotate job writes what it finds.
 *
 * @param field the word by which rows name their scores; null for the formats' own
 */
public record Writing(@Nullable String field) implements Serializable {

  private static final long serialVersionUID = 1L;

  public static Writing defaults() {
    return new Writing(null);
  }

  ScoreFields fields() {
    return new ScoreFields(field);
  }

  /** What an output folder's plan keeps: nothing of what is as by default. */
  SortedMap<String, String> settings() {
    SortedMap<String, String> settings = new TreeMap<>();
    if (field != null) {
      settings.put("field", field);
    }
    return settings;
  }

  /** What is wrong with the names in rows of this format. */
  List<String> problems(RowFormat format, ScoredTurns turns) {
    List<String> clashes = RowReader.clashes(format, turns, fields());
    return clashes.isEmpty()
        ? List.of()
        : List.of(
            "--field: expected a name that leaves the fields of "
                + format.word()
                + " rows as they are, found "
                + field
                + ", which would overwrite "
                + String.join(", ", clashes));
  }
}
