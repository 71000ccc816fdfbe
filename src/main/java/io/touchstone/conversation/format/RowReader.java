package io.touchstone.conversation.format;

import io.touchstone.conversation.line.LineText;
import io.touchstone.conversation.line.ParsedLine;
import io.touchstone.conversation.line.RowProblem;
import java.util.List;

/** Reads lines of one format. Immutable; any thread, several at once. */
public final class RowReader {

  private final RowRecipe recipe;
  private final RowFields.Wanted wanted;

  /** Scores are written under the format's own names. */
  public RowReader(RowFormat format, ScoredTurns scored) {
    this(format, scored, ScoreFields.OWN);
  }

  /**
   * @param scored heeded by {@code messages} and {@code sharegpt}, which say no more themselves
   * @throws IllegalArgumentException if there are {@linkplain RowFormat#clashes clashes}
   */
  public RowReader(RowFormat format, ScoredTurns scored, ScoreFields fields) {
    RowFormat asked = format.scoring(scored);
    List<String> clashes = asked.clashes(fields);
    if (!clashes.isEmpty()) {
      throw new IllegalArgumentException(
          "fields: expected names that " + format.word() + " rows leave free, found " + clashes);
    }
    this.recipe = asked.recipe();
    this.wanted = RowFields.Wanted.of(asked, fields);
  }

  /**
   * What the line is: every line is a row or says why not, nothing is thrown.
   *
   * @param utf8Line without line end and byte order mark; kept by the row, so not to be written to
   */
  public ParsedLine read(byte[] utf8Line) {
    try {
      return recipe.row(new RowFields(LineText.of(utf8Line), wanted));
    } catch (RowProblem problem) {
      return problem.row();
    }
  }
}
